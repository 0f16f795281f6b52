package dev.emroperator.finance.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/** EMR's pages: a Marker that names where the next one begins. */
final class Pages {

  private static final int SIZE = 50;

  private Pages() {}

  static <T> ObjectNode page(
      JsonNode request, String member, List<T> all, Function<T, JsonNode> render) {
    int from = from(request);
    int to = Math.min(all.size(), from + SIZE);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    var array = answer.putArray(member);
    all.subList(Math.min(from, to), to).forEach(item -> array.add(render.apply(item)));
    if (to < all.size()) {
      answer.put("Marker", "m" + to);
    }
    return answer;
  }

  private static int from(JsonNode request) {
    String marker = request.path("Marker").asText("m0");
    try {
      return Integer.parseInt(marker.substring(1));
    } catch (RuntimeException e) {
      throw EmrError.invalidRequest("Marker '" + marker + "' is not valid.");
    }
  }
}
