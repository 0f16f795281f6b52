package dev.emroperator.finance.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the emulator was asked, in the order of its answers, whatever the caller says of it. */
public final class Journal {

  /**
   * One request.
   *
   * @param at epoch milliseconds of its arrival
   * @param invocationId equal over the repetitions of one SDK call; null from other clients
   * @param about ids of the clusters that it speaks of; of RunJobFlow the name
   * @param outcome {@code ok}, the type of the error, or how the connection ended
   */
  public record Call(
      long at, String operation, String invocationId, List<String> about, String outcome) {}

  private final List<Call> calls = new ArrayList<>();

  synchronized void add(Call call) {
    calls.add(call);
  }

  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The calls after the first so many, of which there may be none yet. */
  public synchronized List<Call> since(int seen) {
    return List.copyOf(calls.subList(Math.min(seen, calls.size()), calls.size()));
  }

  static List<String> about(String operation, JsonNode request) {
    if (operation.equals("RunJobFlow")) {
      return List.of(request.path("Name").asText());
    }
    Stream<JsonNode> one =
        Stream.of("ClusterId", "JobFlowId", "ResourceId")
            .map(request::path)
            .filter(JsonNode::isTextual);
    Stream<JsonNode> many = StreamSupport.stream(request.path("JobFlowIds").spliterator(), false);
    return Stream.concat(one, many).map(JsonNode::asText).toList();
  }
}
