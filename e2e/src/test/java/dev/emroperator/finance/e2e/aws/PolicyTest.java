package dev.emroperator.finance.e2e.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the roles of {@code infra/} can't do. */
class PolicyTest {

  private static final String TAG = "finance.emr-operator.dev/installation";
  private static final String REQUESTED = "aws:RequestTag/" + TAG;
  private static final String BORNE = "elasticmapreduce:ResourceTag/" + TAG;
  private static final String CLUSTER =
      "arn:aws:elasticmapreduce:eu-west-1:123456789012:cluster/j-1";
  private static final Policy OPERATOR = Policy.golden("operator-policy");
  private static final Policy MACHINES = Policy.golden("instance-policy");

  private static boolean operatorMay(String action, Map<String, String> context) {
    AwsRequest request = new AwsRequest("elasticmapreduce:" + action, CLUSTER, context);
    return OPERATOR.allowing(request).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"DescribeCluster", "ListSteps", "TerminateJobFlows"})
  void clustersOfOthersAreOutOfReach(String action) {
    assertTrue(operatorMay(action, Map.of(BORNE, "local")));
    assertFalse(operatorMay(action, Map.of(BORNE, "other")));
    assertFalse(operatorMay(action, Map.of()));
  }

  @Test
  void noTagTakesOverAClusterOfAnotherInstallation() {
    assertFalse(operatorMay("AddTags", Map.of(REQUESTED, "local", BORNE, "other")));
    assertFalse(operatorMay("AddTags", Map.of(REQUESTED, "other", BORNE, "local")));
    assertFalse(operatorMay("AddTags", Map.of()));
  }

  /**
   * IAM sees a new cluster as it sees one of somebody who gives no tags: a limit that docs/aws.md
   * tells of.
   */
  @Test
  void aClusterWithoutTheTagCanBeTaggedWhetherItIsNewOrNot() {
    assertTrue(operatorMay("AddTags", Map.of(REQUESTED, "local")));
  }

  @ParameterizedTest
  @CsvSource({"PutAutoTerminationPolicy", "PutManagedScalingPolicy"})
  void policiesAreForClustersOfTheInstallationWhicheverTagsEmrGoesBy(String action) {
    assertTrue(operatorMay(action, Map.of(REQUESTED, "local")));
    assertTrue(operatorMay(action, Map.of(BORNE, "local")));
    assertFalse(operatorMay(action, Map.of(BORNE, "other")));
    assertFalse(operatorMay(action, Map.of()));
  }

  @Test
  void aClusterWithoutTheTagsIsNotAskedFor() {
    AwsRequest bare = new AwsRequest("elasticmapreduce:RunJobFlow", "*", Map.of());
    assertTrue(OPERATOR.allowing(bare).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "operator, s3:PutObject,    emr-artifacts/jobs/spark-job-1.jar,          true",
    "operator, s3:PutObject,    emr-artifacts/plans/local/a/b/1/plan.json,   true",
    "operator, s3:PutObject,    emr-artifacts/plans/other/a/b/1/plan.json,   false",
    "operator, s3:PutObject,    research/a/daily/_current.json,              true",
    "operator, s3:PutObject,    research/a/daily/_runs/1/1/part-0.parquet,   false",
    "operator, s3:PutObject,    market-data/_current.json,                   false",
    "operator, s3:DeleteObject, research/a/daily/_runs/1/1/part-0.parquet,   false",
    "operator, s3:GetObject,    payroll/salaries.csv,                        false",
    "operator, s3:GetObject,    market-data-2/a.csv,                         false",
    "machines, s3:GetObject,    market-data/us/a.parquet,                    true",
    "machines, s3:PutObject,    market-data/us/a.parquet,                    false",
    "machines, s3:DeleteObject, market-data/us/a.parquet,                    false",
    "machines, s3:PutObject,    emr-artifacts/jobs/spark-job-1.jar,          false",
    "machines, s3:PutObject,    research/a/daily/_runs/1/1/part-0.parquet,   true",
    "machines, s3:DeleteObject, research/a/daily/_runs/1/1/part-0.parquet,   true",
    "machines, s3:PutObject,    emr-logs/j-1/steps/s-1/stderr.gz,            true",
    "machines, s3:GetObject,    emr-logs/j-1/steps/s-1/stderr.gz,            false"
  })
  void objectsAreReachedByTheFence(String who, String action, String object, boolean allowed) {
    Policy policy = who.equals("operator") ? OPERATOR : MACHINES;
    AwsRequest request = new AwsRequest(action, "arn:aws:s3:::" + object, Map.of());
    assertEquals(allowed, policy.allowing(request).isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "emr-operator-local-service,  elasticmapreduce.amazonaws.com, true",
    "emr-operator-local-instance, ec2.amazonaws.com,              true",
    "emr-operator-local-service,  ec2.amazonaws.com,              false",
    "administrator,               ec2.amazonaws.com,              false"
  })
  void onlyItsTwoRolesAreHandedOut(String role, String service, boolean allowed) {
    AwsRequest request =
        new AwsRequest(
            "iam:PassRole",
            "arn:aws:iam::123456789012:role/" + role,
            Map.of("iam:PassedToService", service));
    assertEquals(allowed, OPERATOR.allowing(request).isPresent());
  }
}
