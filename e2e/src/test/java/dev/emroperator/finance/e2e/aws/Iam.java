package dev.emroperator.finance.e2e.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** IAM as far as it simulates a principal's policy, one action on one resource at a time. */
record Iam(HttpServer server, Policy policy) implements AutoCloseable {

  private static final String ANSWER =
      """
      <SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
        <SimulatePrincipalPolicyResult>
          <IsTruncated>false</IsTruncated>
          <EvaluationResults>
            <member><EvalActionName>%s</EvalActionName><EvalDecision>%s</EvalDecision></member>
          </EvaluationResults>
        </SimulatePrincipalPolicyResult>
        <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
      </SimulatePrincipalPolicyResponse>
      """;

  /** Whoever is asked about has this policy. */
  static Iam judging(Policy policy) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Iam iam = new Iam(server, policy);
    server.createContext("/", iam::answer);
    server.start();
    return iam;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> form =
          form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      AwsRequest request =
          new AwsRequest(
              form.get("ActionNames.member.1"),
              form.getOrDefault("ResourceArns.member.1", "*"),
              context(form));
      String decision = policy.allowing(request).isPresent() ? "allowed" : "implicitDeny";
      byte[] body = ANSWER.formatted(request.action(), decision).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Map<String, String> context(Map<String, String> form) {
    Map<String, String> context = new TreeMap<>();
    for (int i = 1; form.containsKey("ContextEntries.member." + i + ".ContextKeyName"); i++) {
      String entry = "ContextEntries.member." + i;
      context.put(
          form.get(entry + ".ContextKeyName"), form.get(entry + ".ContextKeyValues.member.1"));
    }
    return context;
  }

  /** What a request to one of AWS's query APIs says. */
  static Map<String, String> form(String body) {
    Map<String, String> form = new TreeMap<>();
    for (String pair : body.split("&")) {
      String[] parts = pair.split("=", 2);
      form.put(decoded(parts[0]), decoded(parts[1]));
    }
    return form;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
