package dev.emroperator.finance.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One POST of AWS JSON 1.1, while it is served. */
final class Request {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CREDENTIAL_SCOPE =
      Pattern.compile("Credential=[^/]+/[0-9]{8}/([a-z0-9-]+)/");
  private static final String DEFAULT_REGION = "us-east-1";

  private final HttpExchange exchange;
  private final long at;
  private JsonNode body = JsonNodeFactory.instance.objectNode();

  private Request(HttpExchange exchange, long at) {
    this.exchange = exchange;
    this.at = at;
  }

  static Request of(HttpExchange exchange, long at) {
    return new Request(exchange, at);
  }

  /** Its JSON; an empty object when there is none. */
  JsonNode body() throws IOException {
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    if (bytes.length > 0) {
      body = JSON.readTree(bytes);
    }
    return body;
  }

  /** Empty when the caller names none. */
  String operation() {
    String target = header("X-Amz-Target");
    return target.substring(target.lastIndexOf('.') + 1);
  }

  /** The one that the request was signed for. */
  String region() {
    Matcher scope = CREDENTIAL_SCOPE.matcher(header("Authorization"));
    return scope.find() ? scope.group(1) : DEFAULT_REGION;
  }

  /** The entry in the journal. */
  Journal.Call ended(String outcome) {
    String operation = operation();
    return new Journal.Call(
        at,
        operation,
        exchange.getRequestHeaders().getFirst("amz-sdk-invocation-id"),
        Journal.about(operation, body),
        outcome);
  }

  private String header(String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }
}
