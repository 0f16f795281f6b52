package dev.emroperator.finance.e2e.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.localcloud.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An IAM policy, as far as those of {@code infra/} go: every statement allows, and a condition
 * compares strings.
 */
record Policy(List<Statement> statements) {

  /** Conditions by operator and key. */
  record Statement(
      String sid,
      List<String> actions,
      List<String> resources,
      Map<String, Map<String, String>> conditions) {

    /** Each action on each resource by itself. */
    Stream<Statement> grants() {
      return actions.stream()
          .flatMap(
              action ->
                  resources.stream()
                      .map(to -> new Statement(sid, List.of(action), List.of(to), conditions)));
    }

    boolean allows(AwsRequest request) {
      return actions.contains(request.action())
          && resources.stream().anyMatch(pattern -> isLike(pattern, request.resource()))
          && conditions.entrySet().stream()
              .allMatch(operator -> holds(operator.getKey(), operator.getValue(), request));
    }

    private static boolean holds(String operator, Map<String, String> wanted, AwsRequest request) {
      boolean ifExists = operator.endsWith("IfExists");
      return wanted.entrySet().stream()
          .allMatch(
              entry -> {
                String value = request.context().get(entry.getKey());
                return value == null ? ifExists : compares(operator, entry.getValue(), value);
              });
    }

    private static boolean compares(String operator, String wanted, String value) {
      return switch (operator) {
        case "StringEquals", "StringEqualsIfExists" -> wanted.equals(value);
        case "StringLike", "StringLikeIfExists" -> isLike(wanted, value);
        default -> throw new IllegalArgumentException("no policy here uses " + operator);
      };
    }

    private static boolean isLike(String pattern, String text) {
      String expression =
          Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
      return text.matches(expression);
    }
  }

  /** One of {@code infra/tests/golden}, which Terraform's own test holds to the module. */
  static Policy golden(String name) {
    try {
      return of(
          new ObjectMapper()
              .readTree(
                  Checkout.find().root().resolve("infra/tests/golden/" + name + ".json").toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Policy of(JsonNode document) {
    List<Statement> statements = new ArrayList<>();
    for (JsonNode statement : document.path("Statement")) {
      if (!statement.path("Effect").asText().equals("Allow")) {
        throw new IllegalArgumentException("no policy here denies: " + statement);
      }
      Map<String, Map<String, String>> conditions = new TreeMap<>();
      statement
          .path("Condition")
          .properties()
          .forEach(
              operator ->
                  operator
                      .getValue()
                      .properties()
                      .forEach(
                          key ->
                              conditions
                                  .computeIfAbsent(operator.getKey(), o -> new TreeMap<>())
                                  .put(key.getKey(), key.getValue().asText())));
      statements.add(
          new Statement(
              statement.path("Sid").asText(),
              texts(statement.path("Action")),
              texts(statement.path("Resource")),
              conditions));
    }
    return new Policy(List.copyOf(statements));
  }

  /** Each action of each statement on each resource by itself. */
  List<Statement> grants() {
    return statements.stream().flatMap(Statement::grants).toList();
  }

  /** The statement that allows a request, if one does. */
  Optional<Statement> allowing(AwsRequest request) {
    return statements.stream().filter(statement -> statement.allows(request)).findFirst();
  }

  private static List<String> texts(JsonNode oneOrMany) {
    List<String> texts = new ArrayList<>();
    if (oneOrMany.isArray()) {
      oneOrMany.forEach(text -> texts.add(text.asText()));
    } else {
      texts.add(oneOrMany.asText());
    }
    return List.copyOf(texts);
  }
}
