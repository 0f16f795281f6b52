package dev.emroperator.finance.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON on the wire. */
final class Answers {

  private Answers() {}

  static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = begin(exchange, status, body);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  /** Sends the first half of a good answer, and closes the connection. */
  static void breakOff(HttpExchange exchange, JsonNode body) throws IOException {
    byte[] bytes = begin(exchange, 200, body);
    exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
    exchange.getResponseBody().flush();
    exchange.close();
  }

  private static byte[] begin(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, bytes.length);
    return bytes;
  }
}
