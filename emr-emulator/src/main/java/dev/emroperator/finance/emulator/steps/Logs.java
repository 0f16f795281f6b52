package dev.emroperator.finance.emulator.steps;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Step logs at EMR's paths: {@code <LogUri>/<cluster>/steps/<step>/<name>.gz}. */
public final class Logs {

  private final URI s3;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Puts nothing anywhere when {@code s3} is null. */
  public Logs(URI s3) {
    this.s3 = s3;
  }

  /** Location of one log, as EMR writes it into FailureDetails; null without LogUri. */
  static String location(String logUri, String cluster, String step, String name) {
    if (logUri == null) {
      return null;
    }
    String folder = logUri.endsWith("/") ? logUri : logUri + "/";
    return folder + cluster + "/steps/" + step + "/" + name + ".gz";
  }

  /** Uploads a file; a log that can't be stored fails nothing, as on EMR. */
  void upload(Path file, String location) {
    if (s3 == null || location == null) {
      return;
    }
    String path = location.replaceFirst("^s3n?://", "/");
    try {
      HttpRequest request =
          HttpRequest.newBuilder(
                  new URI("http", null, s3.getHost(), s3.getPort(), path, null, null))
              .PUT(BodyPublishers.ofByteArray(gzip(file)))
              .build();
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        System.err.println("log " + location + " was not stored: HTTP " + status);
      }
    } catch (IOException | URISyntaxException | IllegalArgumentException e) {
      System.err.println("log " + location + " was not stored: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] gzip(Path file) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      Files.copy(file, gzip);
    }
    return bytes.toByteArray();
  }
}
