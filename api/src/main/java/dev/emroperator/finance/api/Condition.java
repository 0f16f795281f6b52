package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/** A condition in the shape of Kubernetes' {@code metav1.Condition}. */
public record Condition(
    @Required @JsonPropertyDescription("Ready, Reconciling or Stalled.") String type,
    @Required @JsonPropertyDescription("True, False or Unknown.") String status,
    @JsonPropertyDescription("Generation of the spec that this was said of.")
        Long observedGeneration,
    @JsonPropertyDescription("When status last changed.") Instant lastTransitionTime,
    @Required @SchemaFrom(type = String.class) @JsonPropertyDescription("One word for programs.")
        Reason reason,
    @JsonPropertyDescription("A sentence for people.") String message) {}
