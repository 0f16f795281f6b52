package dev.emroperator.finance.emulator;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.emroperator.finance.emulator.faults.Fault;
import dev.emroperator.finance.emulator.faults.FaultScript;
import dev.emroperator.finance.emulator.model.Account;
import dev.emroperator.finance.emulator.quotas.Quotas;
import java.io.IOException;
import java.util.List;

/**
 * The paths below {@code /_emulator}, which EMR doesn't have: they know no quotas and no faults.
 */
final class Control {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SINCE = "since=";

  private final Account account;
  private final Journal journal;
  private final FaultScript faults;
  private final Quotas quotas;

  Control(Account account, Journal journal, FaultScript faults, Quotas quotas) {
    this.account = account;
    this.journal = journal;
    this.faults = faults;
    this.quotas = quotas;
  }

  void offerOn(HttpServer server) {
    server.createContext("/_emulator/journal", this::answerJournal);
    server.createContext("/_emulator/clusters", this::answerClusters);
    server.createContext("/_emulator/faults", this::answerFaults);
    server.createContext("/_emulator/quotas", this::answerQuotas);
  }

  List<ClusterLife> clusters() {
    synchronized (account) {
      return account.clusters().stream().map(ClusterLife::of).toList();
    }
  }

  private void answerClusters(HttpExchange exchange) throws IOException {
    Answers.send(exchange, 200, JSON.valueToTree(clusters()));
  }

  private void answerJournal(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    try {
      int seen =
          query != null && query.startsWith(SINCE)
              ? Integer.parseUnsignedInt(query.substring(SINCE.length()))
              : 0;
      Answers.send(exchange, 200, JSON.valueToTree(journal.since(seen)));
    } catch (NumberFormatException e) {
      Answers.send(exchange, 400, problem("since must be a number of calls, as in ?since=12"));
    }
  }

  /**
   * POST adds faults, DELETE removes all; either answers with those that still have calls to hit.
   */
  private void answerFaults(HttpExchange exchange) throws IOException {
    try {
      switch (exchange.getRequestMethod()) {
        case "POST" ->
            faults.add(List.of(JSON.readValue(exchange.getRequestBody(), Fault[].class)));
        case "DELETE" -> faults.clear();
        default -> {
          // Only told.
        }
      }
      Answers.send(exchange, 200, JSON.valueToTree(faults.pending()));
    } catch (JacksonException e) {
      Answers.send(exchange, 400, problem(e.getOriginalMessage()));
    }
  }

  private void answerQuotas(HttpExchange exchange) throws IOException {
    JsonNode factor = JSON.readTree(exchange.getRequestBody());
    if (!factor.isNumber() || factor.asDouble() < 0) {
      Answers.send(exchange, 400, problem("a factor is a number, 0 for no quotas"));
      return;
    }
    quotas.refill(factor.asDouble());
    Answers.send(exchange, 200, factor);
  }

  private static JsonNode problem(String message) {
    return JSON.createObjectNode().put("message", message);
  }
}
