package dev.emroperator.finance.operator.events;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.FinancialAnalysis;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Kubernetes Events about objects. What is said again counts up the Event that is there. An
 * Event that can't be written stops nothing.
 */
public final class EventRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final int MESSAGE_LIMIT = 1024;
  private static final String COMPONENT = "emr-operator";

  private final KubernetesClient kubernetes;
  private final Clock clock;

  public EventRecorder(KubernetesClient kubernetes, Clock clock) {
    this.kubernetes = kubernetes;
    this.clock = clock;
  }

  /** Tells what happened as it should. */
  public void tell(FinancialAnalysis object, Reason reason, String message) {
    record(reference(object), "Normal", reason, message);
  }

  /** Tells what someone should look at. */
  public void warn(FinancialAnalysis object, Reason reason, String message) {
    warn(reference(object), reason, message);
  }

  /**
   * Tells what someone should look at.
   *
   * @param involved with the namespace that the Event is written into
   */
  public void warn(ObjectReference involved, Reason reason, String message) {
    record(involved, "Warning", reason, message);
  }

  private void record(ObjectReference involved, String type, Reason reason, String message) {
    try {
      write(event(involved, type, reason, message == null ? "" : message));
    } catch (RuntimeException e) {
      LOG.warn(
          "Can't write the event {} of {}/{}: {}",
          reason,
          involved.getNamespace(),
          involved.getName(),
          e.getMessage());
    }
  }

  private void write(Event event) {
    try {
      kubernetes.resource(event).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      kubernetes
          .v1()
          .events()
          .inNamespace(event.getMetadata().getNamespace())
          .withName(event.getMetadata().getName())
          .edit(before -> again(before, event));
    }
  }

  private static Event again(Event before, Event now) {
    int count = before.getCount() == null ? 1 : before.getCount();
    return new EventBuilder(before)
        .withCount(count + 1)
        .withLastTimestamp(now.getLastTimestamp())
        .withMessage(now.getMessage())
        .build();
  }

  private static ObjectReference reference(FinancialAnalysis object) {
    ObjectMeta metadata = object.getMetadata();
    return new ObjectReferenceBuilder()
        .withApiVersion(object.getApiVersion())
        .withKind(object.getKind())
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName())
        .withUid(metadata.getUid())
        .withResourceVersion(metadata.getResourceVersion())
        .build();
  }

  private Event event(ObjectReference involved, String type, Reason reason, String message) {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    String uid = involved.getUid() == null ? "" : involved.getUid();
    return new EventBuilder()
        .withNewMetadata()
        .withName(EventName.of(involved.getName(), uid, reason.code(), message))
        .withNamespace(involved.getNamespace())
        .endMetadata()
        .withInvolvedObject(involved)
        .withType(type)
        .withReason(reason.code())
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
}
