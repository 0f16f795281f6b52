package dev.emroperator.finance.operator.config;

import dev.emroperator.finance.operator.emr.ClusterSweep;
import dev.emroperator.finance.operator.emr.EmrService;
import dev.emroperator.finance.operator.s3.ObjectStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The environments with the services that each gives access to, shared by those of one region. */
public final class Accounts {

  /** An environment and its services. */
  public record Account(
      Environment environment, EmrService emr, ClusterSweep sweep, ObjectStore store) {}

  /** The services of one region. */
  public record Services(EmrService emr, ClusterSweep sweep, ObjectStore store) {}

  private final Map<String, Account> byEnvironment = new HashMap<>();

  public Accounts(OperatorConfig config, Function<String, Services> servicesOfRegion) {
    Map<String, Services> byRegion = new HashMap<>();
    config
        .environments()
        .forEach(
            (name, environment) -> {
              Services services = byRegion.computeIfAbsent(environment.region(), servicesOfRegion);
              byEnvironment.put(
                  name,
                  new Account(environment, services.emr(), services.sweep(), services.store()));
            });
  }

  public Optional<Account> find(String environment) {
    return Optional.ofNullable(byEnvironment.get(environment));
  }

  /**
   * The account of an object that was accepted before.
   *
   * @throws IllegalStateException when its environment has left the configuration since
   */
  public Account of(String environment) {
    return find(environment)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "environment '"
                        + environment
                        + "' is no longer configured; known: "
                        + names()));
  }

  /** The accounts of each region, which share its services. */
  public Map<String, List<Account>> byRegion() {
    return byEnvironment.values().stream()
        .collect(Collectors.groupingBy(account -> account.environment().region()));
  }

  public TreeSet<String> names() {
    return new TreeSet<>(byEnvironment.keySet());
  }
}
