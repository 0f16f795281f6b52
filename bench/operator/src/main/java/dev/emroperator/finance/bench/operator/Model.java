package dev.emroperator.finance.bench.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/**
 * What the operator made of an object, to be made again for others as it would have.
 *
 * @param status as JSON
 * @param clusterId EMR's id
 */
record Model(String uid, String name, String status, String clusterId) {

  private static final int UID_PART = 8;

  /** The object as it is now. */
  static Model of(GenericKubernetesResource object) {
    Object status = object.getAdditionalProperties().get("status");
    return new Model(
        object.getMetadata().getUid(),
        object.getMetadata().getName(),
        Serialization.asJson(Map.of("status", status)),
        object.get("status", "cluster", "id"));
  }

  /** A text about this object, as it is about another one. */
  String rewritten(String text, GenericKubernetesResource object) {
    String otherUid = object.getMetadata().getUid();
    return text.replace(uid, otherUid)
        .replace(uid.substring(0, UID_PART), otherUid.substring(0, UID_PART))
        .replace(name, object.getMetadata().getName());
  }
}
