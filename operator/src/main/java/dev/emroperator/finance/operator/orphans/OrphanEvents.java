package dev.emroperator.finance.operator.orphans;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.events.EventRecorder;
import dev.emroperator.finance.operator.logging.LogContext;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Event for each finding: on the object, or on the namespace that it was in. */
public record OrphanEvents(EventRecorder recorder) {

  private static final Logger LOG = LoggerFactory.getLogger(OrphanEvents.class);

  /** Writes it; if that can't be, nothing stops. */
  public void found(Finding finding) {
    try (LogContext line =
        LogContext.of(finding.namespace() + "/" + finding.name(), finding.cluster().id())) {
      LOG.warn("{}", finding.message());
      recorder.warn(
          involved(finding),
          finding.hasObject() ? Reason.STRAY_CLUSTER : Reason.ORPHANED_CLUSTER,
          finding.message());
    }
  }

  private static ObjectReference involved(Finding finding) {
    ObjectReferenceBuilder reference =
        new ObjectReferenceBuilder().withNamespace(finding.namespace());
    return finding.hasObject()
        ? reference
            .withApiVersion(FinancialAnalysis.GROUP + "/v1alpha1")
            .withKind("FinancialAnalysis")
            .withName(finding.name())
            .withUid(finding.uid())
            .build()
        : reference
            .withApiVersion("v1")
            .withKind("Namespace")
            .withName(finding.namespace())
            .build();
  }
}
