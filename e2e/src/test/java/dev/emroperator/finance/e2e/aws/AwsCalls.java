package dev.emroperator.finance.e2e.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.localcloud.gateway.Call;
import dev.emroperator.finance.localcloud.gateway.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What IAM would be asked for each call, by the Service Authorization Reference of AWS.
 *
 * @param account number of the AWS account
 * @param tagsOf the tags of a cluster, by its id
 */
record AwsCalls(String account, Function<String, Map<String, String>> tagsOf) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SIGNED_FOR = Pattern.compile("Credential=[^/]+/[0-9]{8}/([^/]+)/");
  private static final int NOT_FOUND = 404;

  /** A call, and the status of its answer. */
  record Answered(Call call, int status) {}

  List<AwsRequest> requests(Answered answered) {
    return answered.call().target() == Target.S3
        ? s3(answered.call(), answered.status())
        : emr(answered.call());
  }

  private List<AwsRequest> emr(Call call) {
    JsonNode request = json(call.text());
    String action = "elasticmapreduce:" + call.operation();
    String region = region(call);
    return switch (call.operation()) {
      case "ListClusters" ->
          List.of(new AwsRequest(action, "*", Map.of("aws:RequestedRegion", region)));
      case "RunJobFlow" -> {
        Map<String, String> tags = new TreeMap<>();
        request
            .path("Tags")
            .forEach(
                tag ->
                    tags.put(
                        "aws:RequestTag/" + tag.path("Key").asText(), tag.path("Value").asText()));
        List<AwsRequest> each = new ArrayList<>();
        each.add(new AwsRequest(action, "*", tags));
        if (!tags.isEmpty()) {
          // https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-fine-grained-cluster-access.html
          each.add(new AwsRequest("elasticmapreduce:AddTags", cluster(region, "*"), tags));
        }
        each.add(passRole(request.path("ServiceRole").asText(), "elasticmapreduce.amazonaws.com"));
        each.add(passRole(request.path("JobFlowRole").asText(), "ec2.amazonaws.com"));
        yield each;
      }
      case "DescribeCluster", "ListSteps" ->
          List.of(ofCluster(action, region, request.path("ClusterId").asText()));
      case "TerminateJobFlows" -> {
        List<AwsRequest> each = new ArrayList<>();
        request.path("JobFlowIds").forEach(id -> each.add(ofCluster(action, region, id.asText())));
        yield each;
      }
      default -> throw new AssertionError(call + " is new: say here what IAM is asked for it");
    };
  }

  private AwsRequest passRole(String role, String service) {
    return new AwsRequest(
        "iam:PassRole",
        "arn:aws:iam::" + account + ":role/" + role,
        Map.of("iam:PassedToService", service));
  }

  private AwsRequest ofCluster(String action, String region, String id) {
    Map<String, String> context = new TreeMap<>();
    tagsOf
        .apply(id)
        .forEach((key, value) -> context.put("elasticmapreduce:ResourceTag/" + key, value));
    return new AwsRequest(action, cluster(region, id), context);
  }

  private String cluster(String region, String id) {
    return "arn:aws:elasticmapreduce:" + region + ":" + account + ":cluster/" + id;
  }

  private static List<AwsRequest> s3(Call call, int status) {
    String[] pathAndQuery = call.path().split("\\?", 2);
    String query = pathAndQuery.length == 2 ? pathAndQuery[1] : "";
    String name = URLDecoder.decode(pathAndQuery[0].substring(1), StandardCharsets.UTF_8);
    String bucket = name.split("/", 2)[0];
    String bucketArn = "arn:aws:s3:::" + bucket;
    String objectArn = "arn:aws:s3:::" + name;
    if (call.method().equals("GET") && query.contains("list-type=2")) {
      return List.of(new AwsRequest("s3:ListBucket", bucketArn, prefix(query)));
    }
    boolean isObject = name.length() > bucket.length() + 1 && !query.contains("upload");
    return switch (isObject ? call.method() : "") {
      case "PUT" -> List.of(new AwsRequest("s3:PutObject", objectArn, Map.of()));
      case "GET", "HEAD" -> {
        AwsRequest get = new AwsRequest("s3:GetObject", objectArn, Map.of());
        // Only who may list is told that an object is absent; others hear 403.
        yield status == NOT_FOUND
            ? List.of(get, new AwsRequest("s3:ListBucket", bucketArn, Map.of()))
            : List.of(get);
      }
      default -> throw new AssertionError(call + " is new: say here what IAM is asked for it");
    };
  }

  private static Map<String, String> prefix(String query) {
    Matcher prefix = Pattern.compile("(?:^|&)prefix=([^&]*)").matcher(query);
    return prefix.find()
        ? Map.of("s3:prefix", URLDecoder.decode(prefix.group(1), StandardCharsets.UTF_8))
        : Map.of();
  }

  private static String region(Call call) {
    Matcher signed = SIGNED_FOR.matcher(call.headers().getOrDefault("Authorization", ""));
    if (!signed.find()) {
      throw new AssertionError(call + " is not signed");
    }
    return signed.group(1);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
