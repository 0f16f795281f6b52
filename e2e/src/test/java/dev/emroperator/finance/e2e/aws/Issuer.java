package dev.emroperator.finance.e2e.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Hands out one session of AWS, as STS does to a pod with IRSA, and as the agent of EKS Pod
 * Identity does.
 *
 * @param key the session's access key
 * @param session the session's token
 * @param asked what was presented
 */
record Issuer(HttpServer server, String key, String session, Set<String> asked)
    implements AutoCloseable {

  private static final String STS =
      """
      <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <AssumeRoleWithWebIdentityResult>
          <Credentials>
            <AccessKeyId>%s</AccessKeyId>
            <SecretAccessKey>secret</SecretAccessKey>
            <SessionToken>%s</SessionToken>
            <Expiration>%s</Expiration>
          </Credentials>
        </AssumeRoleWithWebIdentityResult>
        <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
      </AssumeRoleWithWebIdentityResponse>
      """;

  private static final String AGENT =
      """
      {"AccessKeyId": "%s", "SecretAccessKey": "secret", "Token": "%s", "Expiration": "%s"}
      """;

  static Issuer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Issuer issuer =
        new Issuer(
            server,
            "ASIA" + UUID.randomUUID(),
            UUID.randomUUID().toString(),
            new ConcurrentSkipListSet<>());
    server.createContext("/", issuer::answerAsSts);
    server.createContext("/v1/credentials", issuer::answerAsAgent);
    server.start();
    return issuer;
  }

  /** What is set as STS's endpoint. */
  URI sts() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Where the agent gives credentials. */
  URI agent() {
    return sts().resolve("/v1/credentials");
  }

  private void answerAsSts(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> form = Iam.form(body);
    asked.add(form.get("Action") + " " + form.get("RoleArn") + " " + form.get("WebIdentityToken"));
    answer(exchange, STS);
  }

  private void answerAsAgent(HttpExchange exchange) throws IOException {
    asked.add(
        exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
    answer(exchange, AGENT);
  }

  private void answer(HttpExchange exchange, String form) throws IOException {
    try (exchange) {
      Instant expiration = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
      byte[] body = form.formatted(key, session, expiration).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
