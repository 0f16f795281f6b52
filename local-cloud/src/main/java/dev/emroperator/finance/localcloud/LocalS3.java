package dev.emroperator.finance.localcloud;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** S3's protocol over plain files: s3proxy in a process of its own. */
public final class LocalS3 {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration CALL = Duration.ofMinutes(5);

  private final Path directory;
  private final URI endpoint;

  private LocalS3(Path directory, URI endpoint) {
    this.directory = directory;
    this.endpoint = endpoint;
  }

  static LocalS3 start(Children children, Path folder, String classPath) {
    try {
      Path objects = Files.createDirectories(folder.resolve("objects"));
      URI endpoint = URI.create("http://127.0.0.1:" + Ports.free());
      Path properties = folder.resolve("s3proxy.properties");
      Files.writeString(
          properties,
          """
          s3proxy.endpoint=%s
          s3proxy.authorization=none
          jclouds.provider=filesystem-nio2
          jclouds.filesystem.basedir=%s
          jclouds.identity=local
          jclouds.credential=local
          """
              .formatted(endpoint, objects));
      ChildProcess process =
          children.start(
              "s3proxy",
              List.of(
                  ChildProcess.java(),
                  "-Xmx256m",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  classPath,
                  "org.gaul.s3proxy.Main",
                  "--properties",
                  properties.toString()),
              Map.of(),
              folder.resolve("s3proxy.log"));
      LocalS3 s3 = new LocalS3(objects, endpoint);
      process.await(s3::answering, "an answer at " + endpoint, START);
      return s3;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the protocol is spoken; path style. */
  public URI endpoint() {
    return endpoint;
  }

  /** The objects as files: {@code <bucket>/<key>}. */
  public Path directory() {
    return directory;
  }

  /** Makes a bucket; one of that name may be there already. */
  public void createBucket(String name) {
    int status =
        send(HttpRequest.newBuilder(endpoint.resolve("/" + name)).PUT(BodyPublishers.noBody()));
    if (status != 200 && status != 409) {
      throw new IllegalStateException("can't make bucket " + name + ": HTTP " + status);
    }
  }

  /**
   * Stores a file as an object; one that is copied into the directory by hand would have no ETag.
   */
  public void put(Path file, String s3Location) {
    String path = s3Location.substring("s3:/".length());
    try {
      URI uri = new URI("http", null, endpoint.getHost(), endpoint.getPort(), path, null, null);
      int status = send(HttpRequest.newBuilder(uri).PUT(BodyPublishers.ofFile(file)));
      if (status != 200) {
        throw new IllegalStateException("can't store " + s3Location + ": HTTP " + status);
      }
    } catch (FileNotFoundException | URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The file of an {@code s3://} location. */
  public Path file(String s3Location) {
    return directory.resolve(s3Location.substring("s3://".length()));
  }

  private Optional<Boolean> answering() {
    try {
      send(HttpRequest.newBuilder(endpoint));
      return Optional.of(true);
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static int send(HttpRequest.Builder request) {
    try {
      return HttpClient.newHttpClient()
          .send(request.timeout(CALL).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
