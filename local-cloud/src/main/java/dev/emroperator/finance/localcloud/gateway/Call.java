package dev.emroperator.finance.localcloud.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A request on its way.
 *
 * @param number grows by one with each call through a gateway
 * @param path with the query
 * @param headers by name, in any case
 * @param body null when it is streamed: when it is chunked, or larger than a megabyte
 */
public record Call(
    long number,
    Target target,
    String method,
    String path,
    Map<String, String> headers,
    byte[] body) {

  /** EMR's name of the operation; empty for calls to others. */
  public String operation() {
    String named = headers.getOrDefault("X-Amz-Target", "");
    return named.substring(named.lastIndexOf('.') + 1);
  }

  /** True for a watch, over plain HTTP or a websocket. */
  public boolean isWatch() {
    return target == Target.KUBERNETES && (path.contains("watch=true") || path.contains("watch=1"));
  }

  /** True for what may change something: no GET, no HEAD, and of EMR no list and no description. */
  public boolean isWrite() {
    return target == Target.EMR
        ? !operation().startsWith("List") && !operation().startsWith("Describe")
        : !method.equals("GET") && !method.equals("HEAD");
  }

  /** The body as text; empty when it is streamed. */
  public String text() {
    return body == null ? "" : new String(body, StandardCharsets.UTF_8);
  }

  /** As in {@code EMR RunJobFlow} or {@code S3 PUT /bucket/key}. */
  @Override
  public String toString() {
    return target + " " + (target == Target.EMR ? operation() : method + " " + path);
  }
}
