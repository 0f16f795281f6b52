package dev.emroperator.finance.operator.config;

import dev.emroperator.finance.operator.config.ConfigFile.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Everything that is set from outside: the environment variables, and the file that they name.
 *
 * @param healthPort of the probes; 0 takes a free one
 * @param leaseNamespace of the leader's lease; null when election is off
 * @param identity of this process among those that may lead: the pod's name, or the host's with a
 *     part of its own
 */
public record Settings(
    OperatorConfig config, int healthPort, String leaseNamespace, String identity) {

  static final String PREFIX = "EMR_OPERATOR_";
  static final String CONFIG = PREFIX + "CONFIG";
  static final String HEALTH_PORT = PREFIX + "HEALTH_PORT";
  static final String LOG = PREFIX + "LOG";

  static final Map<String, String> DEFAULTS =
      Map.of(CONFIG, "/etc/emr-operator/config.yaml", HEALTH_PORT, "8080", LOG, "json");

  /** Of the build; a test hands its whole environment down to the operator that it starts. */
  private static final String BUILD_CACHE = PREFIX + "CACHE";

  /** The Kubernetes client's own name for the file in which a pod finds its namespace. */
  static final String NAMESPACE_FILE = "KUBENAMESPACE";

  private static final int HIGHEST_PORT = 65_535;

  /**
   * Reads and checks.
   *
   * @throws ConfigException with every problem found, in the variables and in the file
   */
  public static Settings read(Map<String, String> environment) {
    Problems problems = new Problems();
    checkNames(environment, problems);
    int healthPort = port(setting(environment, HEALTH_PORT), problems);
    String log = setting(environment, LOG);
    if (!log.equals("json") && !log.equals("text")) {
      problems.add(LOG, "must be json or text, but is " + log);
    }
    Path file = Path.of(setting(environment, CONFIG));
    OperatorConfig config = null;
    String leaseNamespace = null;
    try {
      config = ConfigFile.read(file);
      if (config.leaderElection().enabled()) {
        leaseNamespace = leaseNamespace(config.leaderElection(), environment);
        problems.leaseNamespace(leaseNamespace);
      }
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    }
    if (!problems.found().isEmpty()) {
      throw new ConfigException(file, problems.found());
    }
    return new Settings(config, healthPort, leaseNamespace, identity(environment));
  }

  private static String setting(Map<String, String> environment, String name) {
    return environment.getOrDefault(name, DEFAULTS.get(name));
  }

  private static void checkNames(Map<String, String> environment, Problems problems) {
    environment.forEach(
        (name, value) -> {
          boolean known = DEFAULTS.containsKey(name) || name.equals(BUILD_CACHE);
          if (name.startsWith(PREFIX) && !known && !isServiceLink(name, value)) {
            problems.add(
                name, "is no setting; there are " + new TreeSet<>(DEFAULTS.keySet()) + " only");
          }
        });
  }

  /** Kubernetes tells a pod about a Service named emr-operator by variables with our prefix. */
  private static boolean isServiceLink(String name, String value) {
    return name.contains("_SERVICE_") || name.contains("_PORT_") || value.startsWith("tcp://");
  }

  private static int port(String value, Problems problems) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= HIGHEST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number that is no port.
    }
    problems.add(HEALTH_PORT, "must be a port, 0 to " + HIGHEST_PORT + ", but is " + value);
    return 0;
  }

  private static String leaseNamespace(LeaderElection election, Map<String, String> environment) {
    if (election.namespace() != null) {
      return election.namespace();
    }
    String pods = environment.get("POD_NAMESPACE");
    if (pods != null && !pods.isBlank()) {
      return pods;
    }
    String file =
        environment.getOrDefault(
            NAMESPACE_FILE, "/var/run/secrets/kubernetes.io/serviceaccount/namespace");
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      return null;
    }
  }

  private static String identity(Map<String, String> environment) {
    String pod = environment.get("POD_NAME");
    if (pod != null && !pod.isBlank()) {
      return pod;
    }
    String own = UUID.randomUUID().toString().substring(0, 8);
    return environment.getOrDefault("HOSTNAME", "process") + "_" + own;
  }
}
