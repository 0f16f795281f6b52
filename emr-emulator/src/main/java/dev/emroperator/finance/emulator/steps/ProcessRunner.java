package dev.emroperator.finance.emulator.steps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.emroperator.finance.emulator.Settings;
import dev.emroperator.finance.emulator.model.Cluster;
import dev.emroperator.finance.emulator.model.Step;
import dev.emroperator.finance.emulator.model.StepRunner;
import dev.emroperator.finance.emulator.steps.Command.Unrunnable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Steps as processes of this machine; the exit code decides. */
public final class ProcessRunner implements StepRunner, AutoCloseable {

  private static final long GRACE_SECONDS = 3;
  private static final Pattern EXCEPTION =
      Pattern.compile(
          "(?m)^(?:Exception in thread \"[^\"]*\" )?([\\w.$]+(?:Exception|Error): .*)$");

  private final Command.Spark spark;
  private final Logs logs;
  private final Set<Execution> executions = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public ProcessRunner(Settings settings, Logs logs) {
    String s3 = settings.s3() == null ? null : settings.s3().toString();
    this.spark = new Command.Spark(settings.sparkClassPath(), settings.sparkSubmit(), s3);
    this.logs = logs;
  }

  @Override
  public Running start(Cluster cluster, Step step, Consumer<Result> ended) {
    Execution execution = new Execution(cluster, step, ended);
    execution.thread.start();
    return execution;
  }

  /** Ends everything that still runs, and lets nothing more begin. */
  @Override
  public void close() {
    closed = true;
    executions.forEach(Execution::cancel);
    executions.forEach(Execution::awaitEnd);
  }

  private final class Execution implements Runnable, Running {
    private final Thread thread;
    private final Cluster cluster;
    private final Step step;
    private final Consumer<Result> ended;
    private Process process;
    private boolean cancelled;

    Execution(Cluster cluster, Step step, Consumer<Result> ended) {
      this.cluster = cluster;
      this.step = step;
      this.ended = ended;
      this.thread = new Thread(this, "step " + step.id());
      thread.setDaemon(true);
    }

    @Override
    public void run() {
      executions.add(this);
      Step.Failure failure = unknown("the step was not run");
      try {
        failure = failure();
      } finally {
        executions.remove(this);
        // A step of which nobody hears stays RUNNING for ever.
        ended.accept(new Result(failure));
      }
    }

    /** Null after a success. */
    private Step.Failure failure() {
      Path folder = null;
      try {
        folder = Files.createTempDirectory("emr-step-");
        return execute(folder);
      } catch (Unrunnable | IOException | RuntimeException e) {
        return unknown(String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return unknown("interrupted");
      } finally {
        remove(folder);
      }
    }

    private static Step.Failure unknown(String message) {
      return new Step.Failure("Unknown Error.", message, null);
    }

    private Step.Failure execute(Path folder) throws IOException, InterruptedException, Unrunnable {
      if (!step.jar().equals("command-runner.jar")) {
        throw new Unrunnable("This emulator runs only command-runner.jar, not " + step.jar() + ".");
      }
      List<String> command = Command.of(step.args(), sparkDefaults(), spark, folder);
      Path stdout = folder.resolve("stdout");
      Path stderr = folder.resolve("stderr");
      Path controller = folder.resolve("controller");
      Files.writeString(controller, "INFO startExec '" + String.join(" ", step.args()) + "'\n");
      int exit = exitCode(command, folder, stdout, stderr);
      Files.writeString(
          controller,
          Files.readString(controller) + "INFO Step ended with exit code " + exit + "\n");
      Stream.of(stdout, stderr, controller).forEach(this::upload);
      return exit == 0
          ? null
          : new Step.Failure("Unknown Error.", firstException(stderr, exit), location("stderr"));
    }

    private int exitCode(List<String> command, Path folder, Path stdout, Path stderr)
        throws IOException, InterruptedException {
      Process started;
      synchronized (this) {
        if (cancelled || closed) {
          return -1;
        }
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile());
        if (spark.s3Endpoint() != null) {
          builder.environment().put("AWS_ENDPOINT_URL_S3", spark.s3Endpoint());
        }
        started = builder.start();
        process = started;
      }
      return started.waitFor();
    }

    @Override
    public synchronized void cancel() {
      cancelled = true;
      if (process != null) {
        Thread killer = new Thread(() -> kill(process), "cancel " + step.id());
        killer.setDaemon(true);
        killer.start();
      }
    }

    private void awaitEnd() {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(2 * GRACE_SECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void upload(Path file) {
      logs.upload(file, location(file.getFileName().toString()));
    }

    private String location(String name) {
      return Logs.location(cluster.logUri(), cluster.id(), step.id(), name);
    }

    private Map<String, String> sparkDefaults() {
      Map<String, String> defaults = new TreeMap<>();
      for (JsonNode configuration : cluster.request().path("Configurations")) {
        if (configuration.path("Classification").asText().equals("spark-defaults")) {
          configuration
              .path("Properties")
              .fields()
              .forEachRemaining(p -> defaults.put(p.getKey(), p.getValue().asText()));
        }
      }
      // There is one machine, so there are no executors to add or remove.
      defaults.remove("spark.dynamicAllocation.enabled");
      return defaults;
    }
  }

  private static String firstException(Path stderr, int exit) throws IOException {
    Matcher exception = EXCEPTION.matcher(Files.readString(stderr));
    return exception.find() ? exception.group(1) : "Exit code " + exit;
  }

  /** SIGTERM to the whole tree, and SIGKILL to what is left after a grace. */
  private static void kill(Process process) {
    List<ProcessHandle> tree =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    tree.forEach(ProcessHandle::destroy);
    try {
      process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tree.forEach(ProcessHandle::destroyForcibly);
  }

  private static void remove(Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("can't remove " + folder + ": " + e.getMessage());
    }
  }
}
