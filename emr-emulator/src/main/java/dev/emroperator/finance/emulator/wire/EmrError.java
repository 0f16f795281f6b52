package dev.emroperator.finance.emulator.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error as EMR puts it on the wire. */
public final class EmrError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int httpStatus;
  private final String type;
  private final String errorCode;

  private EmrError(int httpStatus, String type, String errorCode, String message) {
    super(message);
    this.httpStatus = httpStatus;
    this.type = type;
    this.errorCode = errorCode;
  }

  /** How the JobFlow operations refuse. */
  public static EmrError validation(String message) {
    return new EmrError(400, "ValidationException", null, message);
  }

  /** How all newer operations refuse. */
  public static EmrError invalidRequest(String message) {
    return new EmrError(400, "InvalidRequestException", null, message);
  }

  public static EmrError noSuchCluster(String id) {
    return new EmrError(
        400, "InvalidRequestException", "NoSuchCluster", "Cluster id '" + id + "' is not valid.");
  }

  static EmrError unknownOperation(String operation) {
    return new EmrError(
        400, "UnknownOperationException", null, "Operation " + operation + " is not known.");
  }

  public static EmrError internal(Exception cause) {
    return new EmrError(500, "InternalServerException", null, String.valueOf(cause.getMessage()));
  }

  /** Over the quota of calls. */
  public static EmrError throttled() {
    return new EmrError(400, "ThrottlingException", null, "Rate exceeded");
  }

  public static EmrError unavailable() {
    return new EmrError(503, "ServiceUnavailableException", null, "Service Unavailable");
  }

  /** As IAM refuses. */
  public static EmrError accessDenied(String operation) {
    return new EmrError(
        400,
        "AccessDeniedException",
        null,
        "User is not authorized to perform: elasticmapreduce:" + operation);
  }

  public int httpStatus() {
    return httpStatus;
  }

  public String type() {
    return type;
  }

  public ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("__type", type);
    if (errorCode != null) {
      body.put("ErrorCode", errorCode);
    }
    return body.put(type.equals("ValidationException") ? "message" : "Message", getMessage());
  }
}
