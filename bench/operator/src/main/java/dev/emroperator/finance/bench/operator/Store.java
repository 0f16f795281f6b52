package dev.emroperator.finance.bench.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** S3 without signatures, over connections that stay open. */
record Store(URI endpoint, HttpClient http) {

  byte[] get(String location) {
    return send(HttpRequest.newBuilder(uri(location)).build());
  }

  void put(String location, byte[] content) {
    send(HttpRequest.newBuilder(uri(location)).PUT(BodyPublishers.ofByteArray(content)).build());
  }

  private URI uri(String location) {
    return URI.create(endpoint + location.substring("s3:/".length()).replace("=", "%3D"));
  }

  private byte[] send(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 != 2) {
        throw new IOException("HTTP " + answer.statusCode() + " at " + request.uri());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
