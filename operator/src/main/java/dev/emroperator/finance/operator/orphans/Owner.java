package dev.emroperator.finance.operator.orphans;

import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.plan.AttemptName;
import dev.emroperator.finance.operator.plan.JobFlowPlan;
import java.util.Map;
import java.util.Optional;

/** The object that a cluster was made for, as the cluster's tags name it. */
record Owner(String namespace, String name, String uid) {

  /** Nothing when the tags are not those that this installation gives. */
  static Optional<Owner> of(String installation, AttemptName name, Map<String, String> tags) {
    Owner owner =
        new Owner(
            tags.get(FinancialAnalysis.GROUP + "/namespace"),
            tags.get(FinancialAnalysis.GROUP + "/name"),
            tags.get(FinancialAnalysis.GROUP + "/uid"));
    boolean ours =
        installation.equals(tags.get(JobFlowPlan.INSTALLATION_TAG))
            && owner.namespace != null
            && owner.name != null
            && owner.uid != null
            && owner.uid.startsWith(name.uid8() + "-");
    return ours ? Optional.of(owner) : Optional.empty();
  }

  boolean is(FinancialAnalysis object) {
    return uid.equals(object.getMetadata().getUid());
  }
}
