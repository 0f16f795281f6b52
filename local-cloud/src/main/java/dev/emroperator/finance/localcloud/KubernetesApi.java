package dev.emroperator.finance.localcloud;

import dev.emroperator.finance.localcloud.gateway.Upstream;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A real kube-apiserver with its etcd, with RBAC and TLS; no kubelet, no scheduler, no controllers.
 */
public final class KubernetesApi {

  private static final Duration START = Duration.ofSeconds(60);

  /** Who asked for what with which right, of those alone whose rights the chart gives. */
  private static final String AUDIT =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
        - {level: Metadata, userGroups: ["system:serviceaccounts"]}
        - {level: None}
      """;

  private final Children children;
  private final Path folder;
  private final Path binaries;
  private final int etcdPort = Ports.free();
  private final int port = Ports.free();
  private final String token = UUID.randomUUID().toString();

  private ChildProcess etcd;
  private ChildProcess apiServer;

  private KubernetesApi(Children children, Path folder, Path binaries) {
    this.children = children;
    this.folder = folder;
    this.binaries = binaries;
  }

  /** Starts both and waits until they answer. */
  static KubernetesApi start(Children children, Path folder, Path binaries) {
    KubernetesApi api = new KubernetesApi(children, folder, binaries);
    try {
      api.writeSecrets();
      api.startEtcd();
      api.startApiServer();
      return api;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file for {@code KUBECONFIG}; no other one is touched. */
  public Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  /** Another such file, for the bearer of a token. */
  public Path kubeconfigOf(String bearer, String bearerToken) {
    try {
      String admin = Files.readString(kubeconfig());
      return Files.writeString(
          folder.resolve("kubeconfig-" + bearer), admin.replace(token, bearerToken));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another such file, for the same bearer, who calls a gateway of plain HTTP. */
  public Path kubeconfigVia(URI gateway, Path kubeconfig) {
    try {
      List<String> lines =
          Files.readAllLines(kubeconfig).stream()
              .filter(line -> !line.contains("certificate-authority-data:"))
              .map(line -> line.replace("https://127.0.0.1:" + port, gateway.toString()))
              .toList();
      return Files.write(folder.resolve(kubeconfig.getFileName() + "-" + gateway.getPort()), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a gateway forwards calls to. */
  Upstream upstream() {
    return Upstream.secured(
        URI.create("https://127.0.0.1:" + port), folder.resolve("apiserver.crt"));
  }

  /** What service accounts asked for, as lines of JSON: {@code audit.k8s.io/v1} Events. */
  public Path auditLog() {
    return folder.resolve("audit.log");
  }

  /** Kills etcd, and starts it again on its data. */
  public void restartEtcd() {
    etcd.kill();
    startEtcd();
  }

  /** Kills the apiserver, and starts it again; waits until it answers. */
  public void restartApiServer() {
    stopApiServer();
    startApiServer();
  }

  /** Kills the apiserver; nobody gets an answer until it is started again. */
  public void stopApiServer() {
    apiServer.kill();
  }

  /** The kubectl of the same version. */
  public Path kubectl() {
    return binaries.resolve("kubectl");
  }

  /** A client with all rights; the caller closes it. */
  public KubernetesClient client() {
    return new KubernetesClientBuilder().withConfig(config()).build();
  }

  private Config config() {
    try {
      return new ConfigBuilder(Config.fromKubeconfig(Files.readString(kubeconfig())))
          .withRequestRetryBackoffLimit(0)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void startEtcd() {
    String url = "http://127.0.0.1:" + etcdPort;
    etcd =
        children.startDisposable(
            "etcd",
            List.of(
                binaries.resolve("etcd").toString(),
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + url,
                "--advertise-client-urls=" + url,
                "--listen-peer-urls=http://127.0.0.1:" + Ports.free(),
                // The data is thrown away anyway.
                "--unsafe-no-fsync"),
            folder.resolve("etcd.log"));
  }

  /** Starts the apiserver on the data that are there, and waits until it answers. */
  public void startApiServer() {
    apiServer =
        children.startDisposable(
            "kube-apiserver",
            List.of(
                binaries.resolve("kube-apiserver").toString(),
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--endpoint-reconciler-type=none",
                "--cert-dir=" + folder,
                "--authorization-mode=RBAC",
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--service-cluster-ip-range=10.0.0.0/24",
                "--audit-policy-file=" + folder.resolve("audit-policy.yaml"),
                "--audit-log-path=" + auditLog(),
                "--service-account-issuer=https://127.0.0.1:" + port,
                "--service-account-key-file=" + folder.resolve("service-account.pem"),
                "--service-account-signing-key-file=" + folder.resolve("service-account.pem"),
                // Nothing here makes the service accounts that pods would need.
                "--disable-admission-plugins=ServiceAccount"),
            folder.resolve("kube-apiserver.log"));
    apiServer.await(this::answering, "an answer on its port " + port, START);
  }

  private Optional<Boolean> answering() {
    Path certificate = folder.resolve("apiserver.crt");
    if (!Files.exists(certificate)) {
      return Optional.empty();
    }
    try {
      writeKubeconfig(Files.readAllBytes(certificate));
      try (KubernetesClient client = client()) {
        return "ok".equals(client.raw("/readyz")) ? Optional.of(true) : Optional.empty();
      }
    } catch (IOException | KubernetesClientException e) {
      return Optional.empty();
    }
  }

  private void writeSecrets() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("audit-policy.yaml"), AUDIT);
    Files.writeString(folder.resolve("tokens.csv"), token + ",admin,admin,\"system:masters\"\n");
    try {
      KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
      rsa.initialize(2048);
      byte[] key = rsa.generateKeyPair().getPrivate().getEncoded();
      Files.writeString(
          folder.resolve("service-account.pem"),
          "-----BEGIN PRIVATE KEY-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
              + "\n-----END PRIVATE KEY-----\n");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void writeKubeconfig(byte[] certificate) throws IOException {
    Files.writeString(
        kubeconfig(),
        """
        apiVersion: v1
        kind: Config
        clusters:
          - name: local
            cluster:
              server: https://127.0.0.1:%d
              certificate-authority-data: %s
        users:
          - name: admin
            user: {token: %s}
        contexts:
          - name: local
            context: {cluster: local, user: admin}
        current-context: local
        """
            .formatted(port, Base64.getEncoder().encodeToString(certificate), token));
  }
}
