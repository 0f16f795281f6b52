package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** What a user asks for: inputs, analyses, where results go, and how much cluster to pay for. */
@ValidationRule(
    value = "self.inputs.all(i, self.inputs.exists_one(j, j.name == i.name))",
    message = "names in spec.inputs must be unique")
@ValidationRule(
    value = "self.analyses.all(a, self.analyses.exists_one(b, b.name == a.name))",
    message = "names in spec.analyses must be unique")
@ValidationRule(
    value = "self.analyses.all(a, !self.inputs.exists(i, i.name == a.name))",
    message = "an analysis must not have the name of an input")
public record FinancialAnalysisSpec(
    @Default("default")
        @Pattern("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")
        @Size(max = 63)
        @JsonPropertyDescription(
            "Which account settings apply: region, roles, network, buckets. The platform team names them. Default: default.")
        String environment,
    @Required @Size(min = 1, max = 16) @JsonPropertyDescription("The files to read.")
        List<Input> inputs,
    @JsonPropertyDescription("Days whose results are wanted. Default: all that the files have.")
        Range range,
    @Required
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
            "The results to make, in an order in which each stands after what it is made of.")
        List<Analysis> analyses,
    @Required @JsonPropertyDescription("Where results go and how they are written.") Output output,
    @JsonPropertyDescription("How much cluster to pay for.") Cluster cluster,
    @JsonPropertyDescription("Settings of Spark.") Spark spark,
    @JsonPropertyDescription("How long the cluster and the whole run may take.")
        Deadlines deadlines,
    @JsonPropertyDescription("What follows a failed attempt.") Retry retry,
    @Default("IfUnchanged")
        @JsonPropertyDescription(
            "IfUnchanged: where the same analyses of the same files by the same job are there already, they are taken and no cluster is paid. Never: every run is made anew. Default: IfUnchanged.")
        Reuse reuse,
    @Default("false")
        @JsonPropertyDescription(
            "True: no cluster is asked for, and one that runs is terminated; what is finished is kept. False again: the rest is run. Default: false.")
        Boolean suspend,
    @Pattern(TimeSpan.PATTERN)
        @Size(max = 7)
        @JsonPropertyDescription(
            "How long after its end the object is deleted, as in 7d; results stay. Objects that Argo CD, Flux or Helm track are never deleted. Default: never.")
        String ttlAfterFinished,
    @Size(max = 20)
        @JsonPropertyDescription(
            "Tags of the cluster, for cost reports, beside the operator's own.")
        Map<String, String> tags) {

  public FinancialAnalysisSpec {
    environment = environment == null ? "default" : environment;
    inputs = inputs == null ? List.of() : List.copyOf(inputs);
    analyses = analyses == null ? List.of() : List.copyOf(analyses);
    cluster = cluster == null ? Cluster.DEFAULT : cluster;
    spark = spark == null ? Spark.DEFAULT : spark;
    deadlines = deadlines == null ? Deadlines.DEFAULT : deadlines;
    retry = retry == null ? Retry.DEFAULT : retry;
    reuse = reuse == null ? Reuse.IF_UNCHANGED : reuse;
    suspend = suspend != null && suspend;
    tags = tags == null ? Map.of() : Map.copyOf(tags);
  }
}
