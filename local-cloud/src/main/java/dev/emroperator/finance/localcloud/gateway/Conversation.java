package dev.emroperator.finance.localcloud.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One connection of a caller: its calls, one after the other. */
final class Conversation implements Runnable {

  /** An idle connection to a server may just be closing, so it is used again only when young. */
  private static final long IDLE_NANOS = Duration.ofSeconds(2).toNanos();

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final Gateway gateway;
  private final Target target;
  private final Upstream upstream;
  private final Line caller;
  private volatile Line server;
  private volatile boolean watching;
  private volatile boolean closed;
  private volatile long usedAt;

  Conversation(Gateway gateway, Target target, Upstream upstream, Line caller) {
    this.gateway = gateway;
    this.target = target;
    this.upstream = upstream;
    this.caller = caller;
  }

  boolean isWatching() {
    return watching;
  }

  void close() {
    closed = true;
    caller.close();
    Line current = server;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public void run() {
    try {
      boolean goesOn = true;
      while (goesOn) {
        Head request = Head.read(caller.in());
        goesOn = request != null && serve(request);
      }
    } catch (IOException e) {
      // One side went away. The other side learns it the same way.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // An interceptor that fails must not look like one that decides.
      e.printStackTrace();
    } finally {
      close();
    }
  }

  /** Serves one call; false when the connection ends with it. */
  private boolean serve(Head request) throws IOException, InterruptedException {
    Body body = Body.ofRequest(request);
    byte[] held = null;
    if (body.canBeHeld()) {
      allowBody(request);
      held = body.hold(caller.in());
    }
    Call call =
        new Call(
            gateway.nextCall(), target, request.method(), request.path(), request.headers(), held);
    boolean goesOn = !request.says("Connection", "close");
    if (!passes(gateway.before(call), call)) {
      // What was not read of the body would look like the next call.
      return goesOn && held != null && !caller.plain().isClosed();
    }
    connect();
    forward(request, body, held);
    Head response = response();
    if (response == null) {
      return false;
    }
    if (!passes(gateway.after(call, response.status()), call)) {
      hangUp();
      return goesOn && !caller.plain().isClosed();
    }
    return goesOn && answer(call, response);
  }

  /** Does what was decided; true when the message goes on. */
  private boolean passes(Verdict verdict, Call call) throws IOException, InterruptedException {
    if (verdict instanceof Verdict.Delay delay) {
      TimeUnit.MILLISECONDS.sleep(delay.time().toMillis());
      return true;
    }
    if (verdict instanceof Verdict.Drop) {
      caller.close();
    } else if (verdict instanceof Verdict.Reset) {
      caller.reset();
    } else if (verdict instanceof Verdict.Answer answer) {
      write(answer, call.method());
    }
    return verdict instanceof Verdict.Pass;
  }

  private void write(Verdict.Answer answer, String method) throws IOException {
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    Head head = new Head("HTTP/1.1 " + answer.status() + " Intercepted", List.of());
    for (var header : answer.headers().entrySet()) {
      head = head.with(header.getKey() + ": " + header.getValue());
    }
    head.with("Content-Length: " + bytes.length).write(caller.out());
    if (!method.equals("HEAD")) {
      caller.out().write(bytes);
    }
    caller.out().flush();
  }

  private void connect() throws IOException {
    if (server != null && System.nanoTime() - usedAt > IDLE_NANOS) {
      hangUp();
    }
    if (server == null) {
      server = upstream.connect();
      if (closed) {
        hangUp();
        throw new IOException("cut");
      }
    }
  }

  private void hangUp() {
    server.close();
    server = null;
  }

  private void forward(Head request, Body body, byte[] held) throws IOException {
    // We have answered the expectation, and can't speak HTTP/2.
    Set<String> ours =
        request.says("Upgrade", "h2c")
            ? Set.of("expect", "upgrade", "http2-settings", "connection")
            : Set.of("expect");
    request.without(ours).write(server.out());
    if (held == null) {
      allowBody(request);
      body.copy(caller.in(), server.out());
    } else {
      server.out().write(held);
      server.out().flush();
    }
  }

  private void allowBody(Head request) throws IOException {
    if (request.says("Expect", "100-continue")) {
      caller.out().write(CONTINUE);
      caller.out().flush();
    }
  }

  /** The final answer of the server; null when it closes without one. */
  private Head response() throws IOException {
    Head response = Head.read(server.in());
    while (response != null && response.status() / 100 == 1 && response.status() != 101) {
      response = Head.read(server.in());
    }
    return response;
  }

  /** Hands the answer back; false when the connection ends with it. */
  private boolean answer(Call call, Head response) throws IOException {
    boolean upgrades = response.status() == 101;
    Body body = Body.ofResponse(response, call.method());
    watching = call.isWatch() && response.status() < 300;
    boolean streams = watching || upgrades;
    Head head = watching && !upgrades ? response.with("Connection: close") : response;
    head.write(caller.out());
    caller.out().flush();
    if (streams) {
      gateway.run(this::listenToCaller);
    }
    if (upgrades) {
      Body.copyAll(server.in(), caller.out());
    } else {
      body.copy(server.in(), caller.out());
    }
    watching = false;
    usedAt = System.nanoTime();
    return !streams
        && body.kind() != Body.Kind.UNTIL_CLOSE
        && !response.says("Connection", "close");
  }

  /** Passes on what the caller says while it is answered; its end ends the stream. */
  private void listenToCaller() {
    Line current = server;
    try {
      Body.copyAll(caller.in(), current.out());
    } catch (IOException e) {
      // Ended from the other side.
      return;
    } finally {
      current.close();
    }
  }
}
