package dev.emroperator.finance.operator;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.emroperator.finance.api.FinancialAnalysisSpec;
import dev.emroperator.finance.api.FinancialAnalysisStatus;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One paid piece of work: a spot-backed EMR cluster that runs some analyses and goes away. */
@Group(FinancialAnalysis.GROUP)
@Version("v1alpha1")
@Kind("FinancialAnalysis")
@Singular("financialanalysis")
@Plural("financialanalyses")
@ShortNames("fa")
@ValidationRule(
    value =
        "!has(oldSelf.status) || !has(oldSelf.status.attempt) || !has(oldSelf.status.phase)"
            + " || oldSelf.status.phase in ['Succeeded', 'Failed']"
            + " || (self.spec.inputs == oldSelf.spec.inputs"
            + " && self.spec.analyses == oldSelf.spec.analyses"
            + " && self.spec.output == oldSelf.spec.output"
            + " && self.spec.environment == oldSelf.spec.environment"
            + " && self.spec.reuse == oldSelf.spec.reuse"
            + " && has(self.spec.range) == has(oldSelf.spec.range)"
            + " && (!has(self.spec.range) || self.spec.range == oldSelf.spec.range)"
            + " && has(self.spec.cluster) == has(oldSelf.spec.cluster)"
            + " && (!has(self.spec.cluster) || self.spec.cluster == oldSelf.spec.cluster)"
            + " && has(self.spec.tags) == has(oldSelf.spec.tags)"
            + " && (!has(self.spec.tags) || self.spec.tags == oldSelf.spec.tags)"
            + " && has(self.spec.spark) == has(oldSelf.spec.spark)"
            + " && (!has(self.spec.spark) || self.spec.spark == oldSelf.spec.spark))",
    message =
        "spec can't be changed while a run is under way, but for suspend, deadlines, retry and"
            + " ttlAfterFinished: wait for its end, cancel it, or delete the object")
public class FinancialAnalysis
    extends CustomResource<FinancialAnalysisSpec, FinancialAnalysisStatus> implements Namespaced {

  public static final String GROUP = "finance.emr-operator.dev";
  public static final String FINALIZER = GROUP + "/cluster";

  @Override
  @Required
  public FinancialAnalysisSpec getSpec() {
    return super.getSpec();
  }

  /** The status, {@link FinancialAnalysisStatus#EMPTY} when there is none. */
  @JsonIgnore
  public FinancialAnalysisStatus statusOrEmpty() {
    return getStatus() == null ? FinancialAnalysisStatus.EMPTY : getStatus();
  }

  /** With metadata of its own; spec and status are records, which nobody can change. */
  public FinancialAnalysis copy() {
    FinancialAnalysis copy = new FinancialAnalysis();
    copy.setMetadata(new ObjectMetaBuilder(getMetadata()).build());
    copy.setSpec(getSpec());
    copy.setStatus(getStatus());
    return copy;
  }

  /** {@code namespace/name}, as people write it. */
  @JsonIgnore
  public String qualifiedName() {
    return getMetadata().getNamespace() + "/" + getMetadata().getName();
  }
}
