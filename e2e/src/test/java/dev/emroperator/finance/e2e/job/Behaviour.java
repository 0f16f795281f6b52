package dev.emroperator.finance.e2e.job;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.api.run.Plan;
import java.io.IOException;
import java.util.Optional;

/**
 * How a run is told to behave: by {@code _behaviour.json} in the output folder of the object, a
 * list with one entry for each attempt, of which the last also holds for all later ones.
 *
 * @param millis how long each analysis takes. Default: 0
 * @param fail name of the analysis that fails
 * @param hang name of the analysis that never ends
 */
@JsonIgnoreProperties(ignoreUnknown = false)
record Behaviour(long millis, String fail, String hang) {

  static final String FILE = "_behaviour.json";
  private static final String RUNS = "_runs/";

  static Behaviour of(Plan plan, PlainS3 s3, ObjectMapper json) throws IOException {
    String output = plan.home().substring(0, plan.home().indexOf(RUNS));
    Optional<byte[]> told = s3.get(output + FILE);
    if (told.isEmpty()) {
      return new Behaviour(0, null, null);
    }
    Behaviour[] byAttempt = json.readValue(told.get(), Behaviour[].class);
    int attempt = Integer.parseInt(plan.attempt().substring(plan.attempt().lastIndexOf('-') + 1));
    return byAttempt[Math.min(attempt, byAttempt.length) - 1];
  }
}
