package dev.emroperator.finance.operator.events;

import dev.emroperator.finance.api.Condition;
import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.operator.FinancialAnalysis;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Kubernetes Event for each change of phase. An event that can't be written stops nothing. */
public final class PhaseEvents {

  private static final Logger LOG = LoggerFactory.getLogger(PhaseEvents.class);
  private static final int MESSAGE_LIMIT = 1024;
  private static final String COMPONENT = "emr-operator";

  private final KubernetesClient kubernetes;
  private final Clock clock;

  public PhaseEvents(KubernetesClient kubernetes, Clock clock) {
    this.kubernetes = kubernetes;
    this.clock = clock;
  }

  /** Reports the phase that the object has now. */
  public void phaseChanged(FinancialAnalysis object) {
    try {
      kubernetes.resource(event(object)).create();
    } catch (KubernetesClientException e) {
      LOG.warn("Can't write the event for {}: {}", object.qualifiedName(), e.getMessage());
    }
  }

  private Event event(FinancialAnalysis object) {
    FinancialAnalysisStatus status = object.getStatus();
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    String message = status.message() == null ? "" : status.message();
    var metadata = object.getMetadata();
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(metadata.getName() + ".")
        .withNamespace(metadata.getNamespace())
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(object.getApiVersion())
        .withKind(object.getKind())
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName())
        .withUid(metadata.getUid())
        .withResourceVersion(metadata.getResourceVersion())
        .endInvolvedObject()
        .withType(status.phase() == Phase.FAILED ? "Warning" : "Normal")
        .withReason(reason(status))
        .withMessage(message.substring(0, Math.min(message.length(), MESSAGE_LIMIT)))
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withReportingComponent(COMPONENT)
        .build();
  }

  private static String reason(FinancialAnalysisStatus status) {
    return status.conditions().stream().findFirst().map(Condition::reason).orElse("Observed");
  }
}
