{{- define "emr-operator.name" -}}
{{- .Release.Name | replace "." "-" -}}
{{- end -}}

{{- define "emr-operator.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (include "emr-operator.name" .) -}}
{{- end -}}

{{- define "emr-operator.image" -}}
{{- with .Values.image -}}
{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end -}}
{{- end -}}

{{/* One process alone does without an election, and is never doubled. */}}
{{- define "emr-operator.elects" -}}
{{- if dig "leaderElection" "enabled" true .Values.config }}true{{ end -}}
{{- end -}}

{{- define "emr-operator.selector" -}}
app.kubernetes.io/name: emr-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* Not the operator's own name, or the Service would send calls to the pod of helm test. */}}
{{- define "emr-operator.checkSelector" -}}
app.kubernetes.io/name: emr-operator-check
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "emr-operator.labels" -}}
{{ include "emr-operator.selector" . }}
{{ include "emr-operator.commonLabels" . }}
{{- end -}}

{{- define "emr-operator.commonLabels" -}}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{/* What each pod of this image may do to its node: nothing. */}}
{{- define "emr-operator.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "emr-operator.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{- define "emr-operator.env" -}}
- name: POD_NAME
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
- name: POD_NAMESPACE
  valueFrom: {fieldRef: {fieldPath: metadata.namespace}}
- {name: EMR_OPERATOR_CONFIG, value: /etc/emr-operator/config.yaml}
- {name: EMR_OPERATOR_HEALTH_PORT, value: "8080"}
- {name: JAVA_TOOL_OPTIONS, value: "-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError"}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "emr-operator.volumes" -}}
- name: config
  configMap: {name: {{ include "emr-operator.name" . }}}
- name: tmp
  emptyDir: {sizeLimit: 64Mi}
{{- end -}}

{{- define "emr-operator.volumeMounts" -}}
- {name: config, mountPath: /etc/emr-operator, readOnly: true}
- {name: tmp, mountPath: /tmp}
{{- end -}}
