package dev.emroperator.finance.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emroperator.finance.emulator.model.Account;
import dev.emroperator.finance.emulator.model.Cluster;

/** The operations on the managed scaling and the auto-termination of a cluster. */
final class Policies {

  private static final String SCALING = "ManagedScalingPolicy";
  private static final String TERMINATION = "AutoTerminationPolicy";

  private final Account account;

  Policies(Account account) {
    this.account = account;
  }

  ObjectNode getManagedScaling(JsonNode request) {
    return answer(SCALING, cluster(request).managedScaling());
  }

  ObjectNode putManagedScaling(JsonNode request) {
    Cluster cluster = modifiable(request);
    PolicyRules.checkManagedScaling(required(request, SCALING));
    cluster.scale(request.path(SCALING));
    return answer(SCALING, MissingNode.getInstance());
  }

  ObjectNode removeManagedScaling(JsonNode request) {
    modifiable(request).scale(MissingNode.getInstance());
    return answer(SCALING, MissingNode.getInstance());
  }

  ObjectNode getAutoTermination(JsonNode request) {
    return answer(TERMINATION, cluster(request).autoTermination());
  }

  ObjectNode putAutoTermination(JsonNode request) {
    Cluster cluster = modifiable(request);
    PolicyRules.checkAutoTermination(required(request, TERMINATION));
    account.endWhenIdle(cluster, request.path(TERMINATION));
    return answer(TERMINATION, MissingNode.getInstance());
  }

  ObjectNode removeAutoTermination(JsonNode request) {
    account.endWhenIdle(modifiable(request), MissingNode.getInstance());
    return answer(TERMINATION, MissingNode.getInstance());
  }

  private Cluster cluster(JsonNode request) {
    String id = request.path("ClusterId").asText();
    Cluster cluster = account.find(id);
    if (cluster == null) {
      throw EmrError.noSuchCluster(id);
    }
    return cluster;
  }

  private Cluster modifiable(JsonNode request) {
    Cluster cluster = cluster(request);
    if (cluster.isLeaving()) {
      throw EmrError.invalidRequest(
          "A job flow that is shutting down, terminated, or finished may not be modified.");
    }
    return cluster;
  }

  private static JsonNode required(JsonNode request, String member) {
    if (!request.hasNonNull(member)) {
      throw EmrError.validation(member + " is required.");
    }
    return request.path(member);
  }

  /** Empty where there is no policy. */
  private static ObjectNode answer(String member, JsonNode policy) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    if (!policy.isMissingNode()) {
      answer.set(member, policy);
    }
    return answer;
  }
}
