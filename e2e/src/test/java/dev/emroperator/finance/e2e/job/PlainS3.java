package dev.emroperator.finance.e2e.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** S3 without signatures, as s3proxy serves it here; the JDK's oldest client starts fastest. */
record PlainS3(URI endpoint) {

  Optional<byte[]> get(String location) throws IOException {
    HttpURLConnection connection = open(location);
    int status = connection.getResponseCode();
    if (status == 404) {
      return Optional.empty();
    }
    require(status, location);
    try (InputStream in = connection.getInputStream()) {
      return Optional.of(in.readAllBytes());
    }
  }

  void put(String location, byte[] content) throws IOException {
    HttpURLConnection connection = open(location);
    connection.setRequestMethod("PUT");
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(content.length);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(content);
    }
    require(connection.getResponseCode(), location);
  }

  private HttpURLConnection open(String location) throws IOException {
    try {
      String path = location.substring("s3:/".length());
      URI uri = new URI("http", null, endpoint.getHost(), endpoint.getPort(), path, null, null);
      return (HttpURLConnection) uri.toURL().openConnection();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static void require(int status, String location) throws IOException {
    if (status / 100 != 2) {
      throw new IOException("HTTP " + status + " at " + location);
    }
  }
}
