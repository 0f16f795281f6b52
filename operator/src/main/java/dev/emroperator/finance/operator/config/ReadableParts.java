package dev.emroperator.finance.operator.config;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Takes what can't be read out of a tree, one part after the other, so that the rest is seen. */
final class ReadableParts {

  private final ObjectMapper mapper;
  private final Problems problems;

  ReadableParts(ObjectMapper mapper, Problems problems) {
    this.mapper = mapper;
    this.problems = problems;
  }

  /**
   * What is left of the tree, which is changed; each part that was taken out is a problem.
   *
   * @throws IOException when nothing can be left
   */
  <T> T read(JsonNode tree, Class<T> type) throws IOException {
    while (true) {
      try {
        return mapper.treeToValue(tree, type);
      } catch (JsonMappingException e) {
        Deque<JsonNode> way = way(tree, e.getPath());
        // Each turn makes the tree smaller, and so comes to an end.
        if (way.size() < 2) {
          throw e;
        }
        problems.unreadable(field(e.getPath()), said(e));
        takeOut(way, e.getPath());
      }
    }
  }

  private static String said(JsonMappingException e) {
    return e instanceof UnrecognizedPropertyException unknown
        ? "is no setting: known here are "
            + unknown.getKnownPropertyIds().stream()
                .map(Objects::toString)
                .sorted()
                .collect(Collectors.joining(", "))
        : "can't be read: " + e.getOriginalMessage();
  }

  /** Without indices, which change as elements are taken out. */
  private static String field(List<Reference> path) {
    return path.stream()
        .map(Reference::getFieldName)
        .filter(Objects::nonNull)
        .collect(Collectors.joining("."));
  }

  /** The nodes along the path as far as there are any, the last one first. */
  private static Deque<JsonNode> way(JsonNode tree, List<Reference> path) {
    Deque<JsonNode> way = new ArrayDeque<>(List.of(tree));
    for (Reference step : path) {
      JsonNode next = next(way.element(), step);
      if (next == null) {
        return way;
      }
      way.push(next);
    }
    return way;
  }

  private static JsonNode next(JsonNode node, Reference step) {
    return step.getFieldName() == null ? node.get(step.getIndex()) : node.get(step.getFieldName());
  }

  private static void takeOut(Deque<JsonNode> way, List<Reference> path) {
    Reference last = path.get(way.size() - 2);
    way.pop();
    if (way.element() instanceof ObjectNode object) {
      object.remove(last.getFieldName());
    } else if (way.element() instanceof ArrayNode array) {
      array.remove(last.getIndex());
    }
  }
}
