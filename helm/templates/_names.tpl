{{- define "emr-operator.name" -}}
{{- .Release.Name | trunc 53 | trimSuffix "-" -}}
{{- end -}}

{{- define "emr-operator.selector" -}}
app.kubernetes.io/name: emr-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "emr-operator.labels" -}}
{{ include "emr-operator.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}
