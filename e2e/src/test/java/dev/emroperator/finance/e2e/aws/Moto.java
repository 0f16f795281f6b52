package dev.emroperator.finance.e2e.aws;

import dev.emroperator.finance.e2e.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** AWS's IAM, EC2 and S3 in a process of its own, as far as moto knows them. */
final class Moto implements AutoCloseable {

  private final Process process;
  private final URI endpoint;

  private Moto(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  static Moto start(Path log) {
    Tool server = Tool.of("moto");
    try {
      int port;
      try (ServerSocket free = new ServerSocket(0)) {
        port = free.getLocalPort();
      }
      ProcessBuilder command =
          new ProcessBuilder(server.program().toString(), "-H", "127.0.0.1", "-p", "" + port)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      command.environment().put("MOTO_IAM_LOAD_MANAGED_POLICIES", "true");
      Moto moto = new Moto(command.start(), URI.create("http://127.0.0.1:" + port));
      moto.awaitAnswer();
      return moto;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitAnswer() {
    HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/moto-api/data.json")).build();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
        return;
      } catch (IOException e) {
        pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    close();
    throw new IllegalStateException("moto_server does not answer at " + endpoint);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends Terraform's provider here instead of to AWS: the content of an override file. */
  String override() {
    String endpoints =
        String.join(
            "\n    ",
            java.util.stream.Stream.of("ec2", "iam", "s3", "sts")
                .map(service -> service + " = \"" + endpoint + "\"")
                .toList());
    return """
        provider "aws" {
          access_key                  = "testing"
          secret_key                  = "testing"
          skip_credentials_validation = true
          skip_metadata_api_check     = true
          s3_use_path_style           = true
          endpoints {
            %s
          }
        }
        """
        .formatted(endpoints);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
