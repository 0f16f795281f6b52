package dev.emroperator.finance.localcloud;

import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.binary.BinaryManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * etcd, kube-apiserver and kubectl: from the cache, else downloaded, else built from Go modules,
 * which takes some minutes once.
 */
public final class KubernetesBinaries {

  static final String VERSION = "1.35.4";
  private static final Duration TELL_EVERY = Duration.ofSeconds(5);

  private record Binary(String name, String goPackage, int minutesOnTwoCores) {}

  private static final List<Binary> BINARIES =
      List.of(
          new Binary("etcd", "go.etcd.io/etcd/server/v3", 1),
          new Binary("kube-apiserver", "k8s.io/kubernetes/cmd/kube-apiserver", 5),
          new Binary("kubectl", "k8s.io/kubernetes/cmd/kubectl", 1));

  private final Checkout checkout;
  private final Path cache;
  private final Consumer<String> tell;

  public KubernetesBinaries(Checkout checkout, Consumer<String> tell) {
    this.checkout = checkout;
    this.tell = tell;
    this.cache = cache(System.getenv());
  }

  static Path cache(Map<String, String> environment) {
    String own = environment.get("EMR_OPERATOR_CACHE");
    if (own != null) {
      return Path.of(own);
    }
    String shared = environment.get("XDG_CACHE_HOME");
    Path base =
        shared == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(shared);
    return base.resolve("emr-operator");
  }

  /** Folder that holds the three programs. */
  public Path folder() {
    Path folder = cache.resolve("kubernetes/k8s/" + VERSION + "-" + platform());
    if (isComplete(folder)) {
      return folder;
    }
    try {
      Files.createDirectories(folder);
      try (FileChannel lock =
              FileChannel.open(
                  cache.resolve("kubernetes/lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock held = lock.lock()) {
        if (!isComplete(folder) && !downloaded(folder)) {
          build(folder);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't use the cache " + cache + ": " + e.getMessage(), e);
    }
    return folder;
  }

  private static String platform() {
    String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return (os.startsWith("mac") ? "darwin" : "linux") + "-" + arch;
  }

  private static boolean isComplete(Path folder) {
    return BINARIES.stream().allMatch(b -> Files.isExecutable(folder.resolve(b.name())));
  }

  private boolean downloaded(Path folder) {
    tell.accept("downloading Kubernetes " + VERSION + " (once)");
    try {
      new BinaryManager(
              KubeAPIServerConfigBuilder.anAPIServerConfig()
                  .withTestDir(cache.resolve("kubernetes").toString())
                  .withApiServerVersion(VERSION)
                  .withOfflineMode(false)
                  .build())
          .initAndDownloadIfRequired();
      return isComplete(folder);
    } catch (RuntimeException e) {
      tell.accept("no download here; building Kubernetes " + VERSION + " from source (once)");
      return false;
    }
  }

  private void build(Path folder) throws IOException {
    for (Binary binary : BINARIES) {
      Path target = folder.resolve(binary.name());
      if (Files.isExecutable(target)) {
        continue;
      }
      Path unfinished = folder.resolve("." + binary.name() + ".part");
      Path log = folder.resolve(binary.name() + ".log");
      build(binary, unfinished, log);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(log);
    }
  }

  private void build(Binary binary, Path output, Path log) throws IOException {
    Instant start = Instant.now();
    Process go = startGo(binary, output, log);
    // Ctrl-C must not leave a compiler behind.
    Thread end = new Thread(go::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(end);
    try {
      do {
        tell.accept(
            "building %s, step %d of %d, %d s of about %d min"
                .formatted(
                    binary.name(),
                    BINARIES.indexOf(binary) + 1,
                    BINARIES.size(),
                    Duration.between(start, Instant.now()).toSeconds(),
                    binary.minutesOnTwoCores()));
      } while (!go.waitFor(TELL_EVERY.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      go.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while building " + binary.name(), e);
    } finally {
      Runtime.getRuntime().removeShutdownHook(end);
    }
    if (go.exitValue() != 0) {
      throw new IllegalStateException(
          "building %s failed, see %s. Put etcd, kube-apiserver and kubectl %s into %s yourself, or"
                  .formatted(binary.name(), log, VERSION, output.getParent())
              + " try again with a connection to the Go module proxy");
    }
  }

  private Process startGo(Binary binary, Path output, Path log) throws IOException {
    String version =
        "-s -w -X k8s.io/component-base/version.gitVersion=v%1$s -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=35 -X k8s.io/client-go/pkg/version.gitVersion=v%1$s"
            .formatted(VERSION);
    ProcessBuilder builder =
        new ProcessBuilder(
                "go",
                "build",
                "-trimpath",
                "-buildvcs=false",
                "-ldflags",
                version,
                "-o",
                output.toString(),
                binary.goPackage())
            .directory(checkout.root().resolve("local-cloud/kubernetes").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("CGO_ENABLED", "0");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "Kubernetes can't be downloaded here, and there is no 'go' to build it with: install Go 1.25"
              + " or newer, or put etcd, kube-apiserver and kubectl "
              + VERSION
              + " into "
              + output.getParent(),
          e);
    }
  }
}
