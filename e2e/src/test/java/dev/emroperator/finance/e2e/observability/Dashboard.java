package dev.emroperator.finance.e2e.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.localcloud.Checkout;
import java.io.IOException;

/** The chart's dashboard for Grafana. */
final class Dashboard {

  private Dashboard() {}

  static JsonNode read() throws IOException {
    return new ObjectMapper()
        .readTree(Checkout.find().root().resolve("helm/files/dashboard.json").toFile());
  }
}
