// Reads the customizations in an argocd-cm and runs them on objects as Argo CD does, in its own
// virtual machine: argocd-lua argocd-cm.yaml OBJECT.yaml… For each object one line of JSON:
// its health, the names of the actions that are offered, the object as each of these leaves it, and
// the links that are shown.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	appv1 "github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/lua"
	"github.com/expr-lang/expr"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

const (
	health  = "resource.customizations.health."
	actions = "resource.customizations.actions."
)

type judgement struct {
	Object  string            `json:"object"`
	Status  string            `json:"status"`
	Message string            `json:"message"`
	Actions []string          `json:"actions"`
	After   map[string]any    `json:"after"`
	Links   map[string]string `json:"links"`
}

// As in Argo CD's server/deeplinks, which brings the whole server with it.
type link struct {
	Title string `json:"title"`
	URL   string `json:"url"`
	If    string `json:"if"`
}

func main() {
	if len(os.Args) < 3 {
		fail(fmt.Errorf("usage: argocd-lua argocd-cm.yaml OBJECT.yaml…"))
	}
	var configMap corev1.ConfigMap
	if err := json.Unmarshal(asJSON(os.Args[1]), &configMap); err != nil {
		fail(err)
	}
	vm := lua.VM{ResourceOverrides: overrides(configMap)}
	var links []link
	if err := yaml.Unmarshal([]byte(configMap.Data["resource.links"]), &links); err != nil {
		fail(err)
	}
	out := json.NewEncoder(os.Stdout)
	for _, file := range os.Args[2:] {
		object := &unstructured.Unstructured{}
		// Whole numbers are to be what they are in Argo CD's cache.
		if err := object.UnmarshalJSON(asJSON(file)); err != nil {
			fail(err)
		}
		judged := judge(vm, file, object)
		judged.Links = shown(links, object)
		if err := out.Encode(judged); err != nil {
			fail(err)
		}
	}
}

func shown(links []link, object *unstructured.Unstructured) map[string]string {
	known := map[string]any{"resource": object.Object}
	all := map[string]string{}
	for _, link := range links {
		visible, err := expr.Eval(link.If, known)
		if err != nil {
			fail(err)
		}
		if visible != true {
			continue
		}
		parsed, err := template.New(link.Title).Funcs(sprig.GenericFuncMap()).Parse(link.URL)
		if err != nil {
			fail(err)
		}
		var url strings.Builder
		if err := parsed.Execute(&url, known); err != nil {
			fail(err)
		}
		all[link.Title] = url.String()
	}
	return all
}

func overrides(configMap corev1.ConfigMap) map[string]appv1.ResourceOverride {
	found := map[string]appv1.ResourceOverride{}
	for key, script := range configMap.Data {
		if kind, ok := strings.CutPrefix(key, health); ok {
			override := found[strings.Replace(kind, "_", "/", 1)]
			override.HealthLua = script
			found[strings.Replace(kind, "_", "/", 1)] = override
		}
		if kind, ok := strings.CutPrefix(key, actions); ok {
			override := found[strings.Replace(kind, "_", "/", 1)]
			override.Actions = script
			found[strings.Replace(kind, "_", "/", 1)] = override
		}
	}
	return found
}

func judge(vm lua.VM, file string, object *unstructured.Unstructured) judgement {
	script, openLibs, err := vm.GetHealthScript(object)
	if err != nil || script == "" {
		fail(fmt.Errorf("no health script for %s: %v", file, err))
	}
	if openLibs {
		fail(fmt.Errorf("%s: the health script must do without Lua's libraries", file))
	}
	seen, err := vm.ExecuteHealthLua(object, script)
	if err != nil {
		fail(err)
	}
	discoveries, err := vm.GetResourceActionDiscovery(object)
	if err != nil {
		fail(err)
	}
	offered, err := vm.ExecuteResourceActionDiscovery(object, discoveries)
	if err != nil {
		fail(err)
	}
	judged := judgement{file, string(seen.Status), seen.Message, []string{}, map[string]any{}, nil}
	for _, action := range offered {
		if action.Disabled {
			continue
		}
		judged.Actions = append(judged.Actions, action.Name)
		definition, err := vm.GetResourceAction(object, action.Name)
		if err != nil {
			fail(err)
		}
		impacted, err := vm.ExecuteResourceAction(object.DeepCopy(), definition.ActionLua, nil)
		if err != nil {
			fail(err)
		}
		if len(impacted) != 1 || impacted[0].K8SOperation != lua.PatchOperation {
			fail(fmt.Errorf("%s: action %s does more than to change the object", file, action.Name))
		}
		judged.After[action.Name] = impacted[0].UnstructuredObj.Object
	}
	sort.Strings(judged.Actions)
	return judged
}

func asJSON(file string) []byte {
	content, err := os.ReadFile(file)
	if err == nil {
		content, err = yaml.YAMLToJSON(content)
	}
	if err != nil {
		fail(fmt.Errorf("%s: %w", file, err))
	}
	return content
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
