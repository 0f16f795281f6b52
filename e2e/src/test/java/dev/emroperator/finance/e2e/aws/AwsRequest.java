package dev.emroperator.finance.e2e.aws;

import java.util.Map;

/**
 * What IAM is asked when somebody calls AWS.
 *
 * @param action as in {@code s3:GetObject}
 * @param resource its ARN; {@code *} where the action knows none
 * @param context condition keys with their values
 */
record AwsRequest(String action, String resource, Map<String, String> context) {}
