// Asks Argo CD's own code for its judgement, by the settings of an argocd-cm:
//
//	argocd judge argocd-cm.yaml OBJECT.yaml…
//	argocd sync argocd-cm.yaml PROJECT.yaml APPLICATION.yaml OBJECTS.yaml
//	argocd render APPLICATIONSET.yaml FOLDER…
//
// judge prints for each object one line of JSON: its health, the names of the actions that are
// offered, the object as each of these leaves it, the links that are shown, and what is left of it
// where updates are compared. For sync see sync.go, for render applications.go.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"github.com/argoproj/argo-cd/v3/util/argo/normalizers"
	"github.com/argoproj/argo-cd/v3/util/lua"
	"github.com/argoproj/argo-cd/v3/util/settings"
	"github.com/expr-lang/expr"
	"github.com/go-logr/logr"
	"github.com/sirupsen/logrus"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/klog/v2"
	"sigs.k8s.io/yaml"
)

type judgement struct {
	Object   string            `json:"object"`
	Status   string            `json:"status"`
	Message  string            `json:"message"`
	Actions  []string          `json:"actions"`
	After    map[string]any    `json:"after"`
	Links    map[string]string `json:"links"`
	Compared map[string]any    `json:"compared"`
}

func main() {
	// What is printed is JSON alone.
	logrus.SetOutput(io.Discard)
	klog.SetLogger(logr.Discard())
	switch {
	case len(os.Args) > 3 && os.Args[1] == "judge":
		judgeAll(settingsIn(os.Args[2]), os.Args[3:])
	case len(os.Args) == 6 && os.Args[1] == "sync":
		syncAll(settingsIn(os.Args[2]), os.Args[3], os.Args[4], os.Args[5])
	case len(os.Args) > 3 && os.Args[1] == "render":
		renderAll(os.Args[2], os.Args[3:])
	default:
		fail(fmt.Errorf("usage: argocd judge argocd-cm.yaml OBJECT.yaml… | sync argocd-cm.yaml PROJECT.yaml APPLICATION.yaml OBJECTS.yaml | render APPLICATIONSET.yaml FOLDER…"))
	}
}

// Argo CD reads its settings from a cluster; here it is one of memory.
func settingsIn(file string) *settings.SettingsManager {
	var configMap corev1.ConfigMap
	check(json.Unmarshal(asJSON(file), &configMap))
	secret := corev1.Secret{ObjectMeta: metav1.ObjectMeta{
		Name:      "argocd-secret",
		Namespace: configMap.Namespace,
		Labels:    configMap.Labels,
	}}
	return settings.NewSettingsManager(
		context.Background(), fake.NewClientset(&configMap, &secret), configMap.Namespace)
}

func judgeAll(manager *settings.SettingsManager, files []string) {
	vm := lua.VM{ResourceOverrides: must(manager.GetResourceOverrides())}
	links := must(manager.GetDeepLinks(settings.ResourceDeepLinks))
	// As Argo CD's controller/cache, which is not to be had from outside, does for its hash.
	normalizer := must(normalizers.NewIgnoreNormalizer(
		nil, must(manager.GetIgnoreResourceUpdatesOverrides()), normalizers.IgnoreNormalizerOpts{}))
	out := json.NewEncoder(os.Stdout)
	for _, file := range files {
		object := &unstructured.Unstructured{}
		// Whole numbers are to be what they are in Argo CD's cache.
		check(object.UnmarshalJSON(asJSON(file)))
		judged := judge(vm, file, object)
		judged.Links = shown(links, object)
		check(normalizer.Normalize(object))
		judged.Compared = object.Object
		check(out.Encode(judged))
	}
}

// As in Argo CD's server/deeplinks, which brings the whole server with it.
func shown(links []settings.DeepLink, object *unstructured.Unstructured) map[string]string {
	known := map[string]any{"resource": object.Object}
	all := map[string]string{}
	for _, link := range links {
		if must(expr.Eval(*link.Condition, known)) != true {
			continue
		}
		parsed := must(template.New(link.Title).Funcs(sprig.GenericFuncMap()).Parse(link.URL))
		var url strings.Builder
		check(parsed.Execute(&url, known))
		all[link.Title] = url.String()
	}
	return all
}

func judge(vm lua.VM, file string, object *unstructured.Unstructured) judgement {
	script, openLibs, err := vm.GetHealthScript(object)
	if err != nil || script == "" {
		fail(fmt.Errorf("no health script for %s: %v", file, err))
	}
	if openLibs {
		fail(fmt.Errorf("%s: the health script must do without Lua's libraries", file))
	}
	seen := must(vm.ExecuteHealthLua(object, script))
	discoveries := must(vm.GetResourceActionDiscovery(object))
	offered := must(vm.ExecuteResourceActionDiscovery(object, discoveries))
	judged := judgement{
		Object:  file,
		Status:  string(seen.Status),
		Message: seen.Message,
		Actions: []string{},
		After:   map[string]any{},
	}
	for _, action := range offered {
		if action.Disabled {
			continue
		}
		judged.Actions = append(judged.Actions, action.Name)
		definition := must(vm.GetResourceAction(object, action.Name))
		impacted := must(vm.ExecuteResourceAction(object.DeepCopy(), definition.ActionLua, nil))
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

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
