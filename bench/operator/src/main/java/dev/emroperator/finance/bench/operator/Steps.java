package dev.emroperator.finance.bench.operator;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Plays the steps of all clusters in this JVM, because thousands of JVMs would be measured in place
 * of the operator. What the emulator runs is a shell that waits for the exit code.
 */
final class Steps implements AutoCloseable {

  private static final Pattern PLAN = Pattern.compile("--plan (s3://\\S+)");
  private static final String SHELL =
      """
      exec 3<>"/dev/tcp/127.0.0.1/$1"
      printf '%s\\n' "$*" >&3
      read -r code <&3 || code=1
      exit "$code"
      """;

  private final ServerSocket door;
  private final Path shell;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(null, work, "step", 256 * 1024);
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private volatile Supplier<Duration> lengths = () -> Duration.ZERO;
  private volatile Store s3;

  Steps() {
    try {
      door = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
      shell = Files.writeString(Files.createTempFile("step-", ".sh"), SHELL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** What the emulator is to run in place of spark-submit. */
  String command() {
    return "bash " + shell + " " + door.getLocalPort();
  }

  void use(Store store) {
    s3 = store;
  }

  /** How long the work of the steps is that begin from now on. */
  void last(Supplier<Duration> newLengths) {
    lengths = newLengths;
  }

  /** What every job that began has written, by its attempt: {@code <uid8>-<number>}. */
  Map<String, List<Job.Written>> written() {
    return jobs.values().stream().collect(Collectors.toMap(Job::attempt, Job::written));
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket socket = door.accept();
        threads.execute(() -> play(socket));
      } catch (IOException e) {
        // The door is closed.
        return;
      }
    }
  }

  private void play(Socket socket) {
    try (socket;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        BufferedWriter out =
            new BufferedWriter(
                new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8))) {
      Matcher plan = PLAN.matcher(String.valueOf(in.readLine()));
      if (!plan.find()) {
        throw new IOException("a step without a plan");
      }
      Job job = Job.of(plan.group(1), s3, lengths.get());
      jobs.put(job.attempt(), job);
      if (job.run(socket)) {
        out.write("0\n");
      }
    } catch (IOException | RuntimeException e) {
      if (!door.isClosed()) {
        System.err.println("a step failed: " + e);
      }
    }
  }

  @Override
  public void close() {
    try {
      door.close();
      Files.deleteIfExists(shell);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
