package main

import (
	"encoding/json"
	"os"
	"path"

	appsetutils "github.com/argoproj/argo-cd/v3/applicationset/utils"
	appv1 "github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
)

// Prints the application that an ApplicationSet makes for each folder, one line of JSON for each.
// Argo CD's code renders; what its Git generator tells the template of a folder is told here as there.
func renderAll(file string, folders []string) {
	var set appv1.ApplicationSet
	check(json.Unmarshal(asJSON(file), &set))
	out := json.NewEncoder(os.Stdout)
	for _, folder := range folders {
		params := map[string]any{"path": map[string]any{
			"path":               folder,
			"basename":           path.Base(folder),
			"basenameNormalized": appsetutils.SanitizeName(path.Base(folder)),
		}}
		template := appv1.Application{Spec: set.Spec.Template.Spec}
		template.Name = set.Spec.Template.Name
		render := appsetutils.Render{}
		check(out.Encode(must(render.RenderTemplateParams(
			&template, set.Spec.SyncPolicy, params, set.Spec.GoTemplate, set.Spec.GoTemplateOptions))))
	}
}
