package dev.emroperator.finance.operator.process;

import dev.emroperator.finance.operator.config.Settings;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at an installation with the operator's own image, account and settings, and changes
 * nothing: {@code helm test} runs it in a pod as {@code check http://service:8080/ready}.
 */
public final class InstallationCheck {

  private static final Duration CALL = Duration.ofSeconds(5);

  private InstallationCheck() {}

  /**
   * Looks, for some seconds if need be.
   *
   * @param arguments {@code check}, and where the operator says that it is ready
   * @return everything that is wrong, with what to do; empty when nothing is
   */
  public static List<String> problems(List<String> arguments, Settings settings, Config cluster) {
    if (arguments.size() != 2 || !arguments.get(0).equals("check")) {
      return List.of(
          "The operator takes no arguments, or 'check http://service:8080/ready', but was given "
              + String.join(" ", arguments));
    }
    List<String> problems =
        new ArrayList<>(StartCheck.problems(cluster, settings.config(), settings.leaseNamespace()));
    problems.addAll(
        StartCheck.await(() -> notReady(arguments.get(1)), StartCheck.PAUSES, StartCheck::sleep));
    return List.copyOf(problems);
  }

  /** What is wrong with the one that runs. */
  static List<String> notReady(String uri) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).timeout(CALL).build();
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .connectTimeout(CALL)
              .build()
              .send(request, BodyHandlers.ofString());
      return answer.statusCode() == HttpURLConnection.HTTP_OK
          ? List.of()
          : List.of("%s answers %d: %s".formatted(uri, answer.statusCode(), answer.body().strip()));
    } catch (IllegalArgumentException e) {
      return List.of(uri + " is no address: name the operator's Service and /ready");
    } catch (IOException e) {
      return List.of(
          uri
              + " can't be reached ("
              + e
              + "): look whether the operator's pods are ready, at their logs, and at network"
              + " policies");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of("interrupted while looking at " + uri);
    }
  }
}
