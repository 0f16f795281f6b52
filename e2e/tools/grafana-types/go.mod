module emr-operator.dev/grafana-dashboard

go 1.21.0

require github.com/grafana/grafana-foundation-sdk/go v0.0.22
