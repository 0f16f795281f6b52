package dev.emroperator.finance.operator.orphans;

import dev.emroperator.finance.operator.FinancialAnalysis;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Event for each finding: on the object, or on the namespace that it was in. */
public record OrphanEvents(KubernetesClient kubernetes, Clock clock) {

  private static final Logger LOG = LoggerFactory.getLogger(OrphanEvents.class);
  private static final String COMPONENT = "emr-operator";

  /** Writes it; if that can't be, nothing stops. */
  public void found(Finding finding) {
    LOG.warn("{}", finding.message());
    try {
      kubernetes.resource(event(finding)).create();
    } catch (KubernetesClientException e) {
      LOG.warn("Can't write the event for {}: {}", finding.cluster().id(), e.getMessage());
    }
  }

  Event event(Finding finding) {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(finding.name() + ".")
        .withNamespace(finding.namespace())
        .endMetadata()
        .withInvolvedObject(involved(finding))
        .withType("Warning")
        .withReason(finding.hasObject() ? "StrayCluster" : "OrphanedCluster")
        .withMessage(finding.message())
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withReportingComponent(COMPONENT)
        .build();
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
