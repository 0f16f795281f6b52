package dev.emroperator.finance.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.emroperator.finance.emulator.faults.FaultScript;
import dev.emroperator.finance.emulator.faults.FaultyOperations;
import dev.emroperator.finance.emulator.model.Account;
import dev.emroperator.finance.emulator.quotas.Quotas;
import dev.emroperator.finance.emulator.steps.Logs;
import dev.emroperator.finance.emulator.steps.ProcessRunner;
import dev.emroperator.finance.emulator.wire.EmrError;
import dev.emroperator.finance.emulator.wire.Operations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** EMR behind a port of this machine: AWS JSON 1.1, one POST for each operation. */
public final class EmrEmulator implements AutoCloseable {

  private final Clock clock = Clock.systemUTC();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ProcessRunner runner;
  private final Quotas quotas;
  private final Journal journal = new Journal();
  private final FaultScript faults = new FaultScript();
  private final FaultyOperations operations;
  private final Control control;

  private EmrEmulator(Settings settings) throws IOException {
    quotas = new Quotas(settings.quotas(), clock);
    runner = new ProcessRunner(settings, new Logs(settings.s3()));
    Account account =
        new Account(
            settings,
            clock,
            (delay, work) -> timer.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS),
            runner);
    control = new Control(account, journal, faults, quotas);
    operations = new FaultyOperations(new Operations(account), account, faults, clock);
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), 0);
    server.createContext("/", this::answer);
    control.offerOn(server);
    server.setExecutor(threads);
    server.start();
  }

  /** Starts at once; steps run as processes of this machine. */
  public static EmrEmulator start(Settings settings) throws IOException {
    return new EmrEmulator(settings);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How it is told to misbehave. */
  public FaultScript faults() {
    return faults;
  }

  /** Every call that came in. */
  public Journal journal() {
    return journal;
  }

  /** What became of every cluster, oldest first. */
  public List<ClusterLife> clusters() {
    return control.clusters();
  }

  /** Stops to listen, and ends every step that still runs. */
  @Override
  public void close() {
    server.stop(0);
    timer.shutdownNow();
    runner.close();
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Request request = Request.of(exchange, clock.millis());
    ObjectNode response;
    try {
      response = work(request);
    } catch (FaultyOperations.Dropped e) {
      journal.add(request.ended(e.getMessage()));
      drop(exchange, e.begun());
      return;
    } catch (EmrError e) {
      refuse(exchange, request, e);
      return;
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      refuse(exchange, request, EmrError.internal(e));
      return;
    }
    // A caller who is gone by now changes nothing about what was done.
    journal.add(request.ended("ok"));
    Answers.send(exchange, 200, response);
  }

  private ObjectNode work(Request request) throws IOException {
    JsonNode body = request.body();
    if (!quotas.take(request.operation(), request.region())) {
      throw EmrError.throttled();
    }
    return operations.call(request.operation(), body, request.region());
  }

  private void refuse(HttpExchange exchange, Request request, EmrError error) throws IOException {
    journal.add(request.ended(error.type()));
    Answers.send(exchange, error.httpStatus(), error.body());
  }

  private static void drop(HttpExchange exchange, ObjectNode begun) throws IOException {
    if (begun == null) {
      exchange.close();
    } else {
      Answers.breakOff(exchange, begun);
    }
  }
}
