package dev.emroperator.finance.emulator.steps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The command line of a step. {@code spark-submit} becomes a JVM that runs Spark's own SparkSubmit
 * on this machine, with {@code s3://} served by S3A as on EMR 7.10 and newer.
 */
final class Command {

  private static final String DEFAULT_HEAP = "1g";

  /** Where and how the cluster is told to be, which is here. */
  private static final Set<String> DROPPED = Set.of("--master", "--deploy-mode");

  private static final Set<String> FLAGS = Set.of("--verbose", "-v", "--supervise");

  /** What Spark's launcher opens on Java 17. */
  private static final List<String> OPENED =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.invoke",
          "java.base/java.lang.reflect",
          "java.base/java.io",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/jdk.internal.ref",
          "java.base/sun.nio.ch",
          "java.base/sun.nio.cs",
          "java.base/sun.security.action",
          "java.base/sun.util.calendar",
          "java.security.jgss/sun.security.krb5");

  private Command() {}

  /** The step can't be run here. */
  static final class Unrunnable extends Exception {
    private static final long serialVersionUID = 1L;

    Unrunnable(String message) {
      super(message);
    }
  }

  /**
   * Builds it.
   *
   * @param defaults properties of the cluster's {@code spark-defaults}
   */
  static List<String> of(
      List<String> args, Map<String, String> defaults, Spark spark, Path workingDirectory)
      throws Unrunnable {
    if (args.isEmpty()) {
      throw new Unrunnable("command-runner.jar needs a command.");
    }
    if (!args.get(0).equals("spark-submit")) {
      return args;
    }
    List<String> submitted = args.subList(1, args.size());
    return spark.substitute().isEmpty()
        ? sparkSubmit(submitted, defaults, spark, workingDirectory)
        : Stream.of(spark.substitute(), submitted).flatMap(List::stream).toList();
  }

  private static List<String> sparkSubmit(
      List<String> args, Map<String, String> defaults, Spark spark, Path workingDirectory)
      throws Unrunnable {
    List<String> options = new ArrayList<>();
    String heap = defaults.getOrDefault("spark.driver.memory", DEFAULT_HEAP);
    int at = 0;
    while (at < args.size() && args.get(at).startsWith("-")) {
      String option = args.get(at);
      int length = FLAGS.contains(option) || at + 1 == args.size() ? 1 : 2;
      String value = args.get(at + length - 1);
      if (option.equals("--driver-memory")) {
        heap = value;
      } else if (option.equals("--conf") && value.startsWith("spark.driver.memory=")) {
        heap = value.substring("spark.driver.memory=".length());
      }
      if (!DROPPED.contains(option)) {
        options.addAll(args.subList(at, at + length));
      }
      at += length;
    }
    List<String> command = new ArrayList<>(jvm(heap, spark.classPath(), workingDirectory));
    spark.properties(workingDirectory).forEach((key, value) -> addConf(command, key, value));
    defaults.forEach((key, value) -> addConf(command, key, value));
    command.addAll(options);
    command.addAll(args.subList(at, args.size()));
    return command;
  }

  private static void addConf(List<String> command, String key, String value) {
    command.addAll(List.of("--conf", key + "=" + value));
  }

  private static List<String> jvm(String heap, String classPath, Path workingDirectory) {
    List<String> jvm = new ArrayList<>();
    jvm.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    jvm.addAll(
        List.of("-Xmx" + heap, "-XX:+UseParallelGC", "-Djava.io.tmpdir=" + workingDirectory));
    OPENED.forEach(module -> jvm.add("--add-opens=" + module + "=ALL-UNNAMED"));
    jvm.addAll(List.of("-Djdk.reflect.useDirectMethodHandle=false", "-cp", classPath));
    jvm.add("org.apache.spark.deploy.SparkSubmit");
    return jvm;
  }

  /** Spark on this machine: its jars, what is run in its place, and where S3 is. */
  record Spark(Path classPathFile, List<String> substitute, String s3Endpoint) {

    String classPath() throws Unrunnable {
      try {
        if (classPathFile != null) {
          return Files.readString(classPathFile).strip();
        }
        String home = System.getenv("SPARK_HOME");
        if (home != null && Files.isDirectory(Path.of(home, "jars"))) {
          return Path.of(home, "jars") + "/*";
        }
      } catch (IOException e) {
        throw new Unrunnable("The Spark class path can't be read: " + e.getMessage());
      }
      throw new Unrunnable(
          "There is no Spark here: start the emulator with --spark-classpath, or set SPARK_HOME.");
    }

    Map<String, String> properties(Path workingDirectory) {
      Map<String, String> properties = new java.util.TreeMap<>();
      properties.put("spark.master", "local[*]");
      properties.put("spark.ui.enabled", "false");
      // Results appear when their task commits, as with EMR's own committer.
      properties.put("spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "2");
      properties.put("spark.driver.host", "127.0.0.1");
      properties.put("spark.driver.bindAddress", "127.0.0.1");
      properties.put("spark.local.dir", workingDirectory.toString());
      properties.put("spark.sql.warehouse.dir", workingDirectory.resolve("warehouse").toString());
      Stream.of("s3", "s3n")
          .forEach(
              scheme -> {
                properties.put(
                    "spark.hadoop.fs." + scheme + ".impl",
                    "org.apache.hadoop.fs.s3a.S3AFileSystem");
                properties.put(
                    "spark.hadoop.fs.AbstractFileSystem." + scheme + ".impl",
                    "org.apache.hadoop.fs.s3a.S3A");
              });
      if (s3Endpoint != null) {
        properties.put("spark.hadoop.fs.s3a.endpoint", s3Endpoint);
        properties.put("spark.hadoop.fs.s3a.endpoint.region", "us-east-1");
        properties.put("spark.hadoop.fs.s3a.path.style.access", "true");
        properties.put("spark.hadoop.fs.s3a.connection.ssl.enabled", "false");
        properties.put("spark.hadoop.fs.s3a.access.key", "local");
        properties.put("spark.hadoop.fs.s3a.secret.key", "local");
        properties.put(
            "spark.hadoop.fs.s3a.aws.credentials.provider",
            "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
      }
      return properties;
    }
  }
}
