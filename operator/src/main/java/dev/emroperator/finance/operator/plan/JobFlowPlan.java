package dev.emroperator.finance.operator.plan;

import dev.emroperator.finance.api.Cluster;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.FinancialAnalysisStatus.PastAttempt;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.TimeSpan;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Environment;
import dev.emroperator.finance.operator.emr.JobFlow;
import dev.emroperator.finance.operator.emr.JobFlow.Configuration;
import dev.emroperator.finance.operator.emr.JobFlow.Fleet;
import dev.emroperator.finance.operator.emr.JobFlow.FleetType;
import dev.emroperator.finance.operator.emr.JobFlow.ManagedScaling;
import dev.emroperator.finance.operator.emr.JobFlow.Network;
import dev.emroperator.finance.operator.emr.JobFlow.SparkStep;
import dev.emroperator.finance.operator.emr.JobFlow.Spot;
import dev.emroperator.finance.operator.s3.S3Uri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Spec and environment to the exact RunJobFlow request: a pure function. */
public final class JobFlowPlan {

  /** Tag that tells the clusters of one installation from all others. */
  public static final String INSTALLATION_TAG = FinancialAnalysis.GROUP + "/installation";

  private static final String JOB_CLASS = "dev.emroperator.finance.job.Main";
  private static final long IDLE_TIMEOUT_SECONDS = 600;

  /** Failures for want of machines after which spot is given up, where the environment allows. */
  private static final int SPOT_FAILURES = 2;

  private static final Set<Reason> NO_MACHINES =
      Set.of(Reason.INTERNAL_ERROR, Reason.INSTANCE_FLEET_TIMEOUT, Reason.START_DEADLINE_EXCEEDED);

  private JobFlowPlan() {}

  /**
   * The request for the current attempt of an object.
   *
   * @param inputBytes size of the files that its plan names
   */
  public static JobFlow of(
      String installation,
      Environment environment,
      FinancialAnalysis object,
      long inputBytes,
      S3Uri jobJar) {
    Cluster cluster = object.getSpec().cluster();
    int attempt = object.getStatus().attempt().number();
    boolean mayUseSpot = !environment.onDemandFallback() || lackedMachines(object) < SPOT_FAILURES;
    S3Uri plan = Run.planLocation(installation, environment, object, attempt);
    return new JobFlow(
        object.getStatus().attempt().name(),
        cluster.release(),
        environment.logs(),
        environment.serviceRole(),
        environment.instanceProfile(),
        environment.securityConfiguration(),
        new Network(
            subnets(environment, object),
            environment.masterSecurityGroup(),
            environment.workerSecurityGroup(),
            environment.serviceAccessSecurityGroup()),
        fleets(environment, cluster, mayUseSpot),
        scaling(cluster, mayUseSpot),
        IDLE_TIMEOUT_SECONDS,
        List.of(
            new Configuration(
                "spark-defaults",
                SparkDefaults.of(
                    inputBytes,
                    cluster,
                    environment.instanceTypes(),
                    object.getSpec().spark().conf()))),
        new SparkStep("analyses", args(jobJar, plan, deadline(object))),
        tags(installation, environment, object));
  }

  /** Units that a cluster may reach: what core and task ask for, or the maximum of its scaling. */
  public static int maximumCapacity(Cluster cluster) {
    int asked = cluster.core().capacity() + cluster.task().spotCapacity();
    Integer maximum = cluster.scaling().maximum();
    return maximum == null ? asked : Math.max(asked, maximum);
  }

  private static long lackedMachines(FinancialAnalysis object) {
    return withoutMachines(object).count();
  }

  /** Those where the failed attempts found no machines are left out, while others remain. */
  private static List<String> subnets(Environment environment, FinancialAnalysis object) {
    Set<String> empty =
        withoutMachines(object)
            .map(PastAttempt::subnet)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    List<String> others =
        environment.subnets().stream().filter(subnet -> !empty.contains(subnet)).toList();
    return others.isEmpty() ? environment.subnets() : others;
  }

  /** Attempts before this one, of the same run, that failed for want of machines. */
  private static Stream<PastAttempt> withoutMachines(FinancialAnalysis object) {
    List<PastAttempt> all = object.getStatus().attempts();
    Integer retries = object.getStatus().attempt().retries();
    return all.stream()
        .skip(Math.max(0, all.size() - (retries == null ? 0 : retries)))
        .filter(past -> NO_MACHINES.contains(past.reason()));
  }

  private static List<Fleet> fleets(Environment environment, Cluster cluster, boolean mayUseSpot) {
    List<Fleet> fleets = new ArrayList<>();
    fleets.add(new Fleet(FleetType.MASTER, 1, 0, environment.instanceTypes().master(), null));
    fleets.add(
        new Fleet(
            FleetType.CORE,
            cluster.core().capacity(),
            0,
            environment.instanceTypes().core(),
            null));
    if (cluster.task().spotCapacity() > 0) {
      fleets.add(task(environment, cluster.task(), mayUseSpot));
    }
    return fleets;
  }

  private static Fleet task(Environment environment, Cluster.Task task, boolean mayUseSpot) {
    var types = environment.instanceTypes().task();
    if (!mayUseSpot) {
      return new Fleet(FleetType.TASK, task.spotCapacity(), 0, types, null);
    }
    String action =
        task.onSpotTimeout() == Cluster.OnSpotTimeout.TERMINATE_CLUSTER
            ? "TERMINATE_CLUSTER"
            : "SWITCH_TO_ON_DEMAND";
    int minutes = Math.toIntExact(TimeSpan.parse(task.spotTimeout()).toMinutes());
    return new Fleet(FleetType.TASK, 0, task.spotCapacity(), types, new Spot(minutes, action));
  }

  /** Only task nodes grow and shrink: the on-demand core stays as it was asked for. */
  private static ManagedScaling scaling(Cluster cluster, boolean mayUseSpot) {
    int core = cluster.core().capacity();
    int maximum = maximumCapacity(cluster);
    return new ManagedScaling(core, maximum, mayUseSpot ? core : maximum, core);
  }

  private static Instant deadline(FinancialAnalysis object) {
    Attempt attempt = object.getStatus().attempt();
    return attempt.deadline() == null
        ? Run.deadline(object.getSpec(), attempt.intendedAt())
        : attempt.deadline();
  }

  private static List<String> args(S3Uri jobJar, S3Uri plan, Instant deadline) {
    return List.of(
        "spark-submit",
        // The driver sits on the on-demand master, and its log is the step's.
        "--deploy-mode",
        "client",
        "--class",
        JOB_CLASS,
        jobJar.toString(),
        "--plan",
        plan.toString(),
        // The plan tells it, too, but S3 may hang before the job has read it.
        "--deadline",
        deadline.toString());
  }

  private static Map<String, String> tags(
      String installation, Environment environment, FinancialAnalysis object) {
    Map<String, String> tags = new TreeMap<>(object.getSpec().tags());
    tags.putAll(environment.tags());
    tags.put("for-use-with-amazon-emr-managed-policies", "true");
    tags.put(INSTALLATION_TAG, installation);
    tags.put(FinancialAnalysis.GROUP + "/namespace", object.getMetadata().getNamespace());
    tags.put(FinancialAnalysis.GROUP + "/name", object.getMetadata().getName());
    tags.put(FinancialAnalysis.GROUP + "/uid", object.getMetadata().getUid());
    tags.put(FinancialAnalysis.GROUP + "/attempt", "" + object.getStatus().attempt().number());
    return tags;
  }
}
