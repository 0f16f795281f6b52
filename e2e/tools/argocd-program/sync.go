package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/cache"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/sync"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/sync/common"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/kube"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/tracing"
	argocommon "github.com/argoproj/argo-cd/v3/common"
	appv1 "github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/argo"
	"github.com/argoproj/argo-cd/v3/util/argo/diff"
	"github.com/argoproj/argo-cd/v3/util/argo/normalizers"
	"github.com/argoproj/argo-cd/v3/util/lua"
	"github.com/argoproj/argo-cd/v3/util/settings"
	jsonpatch "github.com/evanphx/json-patch"
	"github.com/go-logr/logr"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// What a sync found and did, as one line of JSON.
type outcome struct {
	// Of the objects, those that were not as Git has them before anything was done.
	OutOfSync []string `json:"outOfSync"`
	Phase     string   `json:"phase"`
	Message   string   `json:"message"`
}

// An application in the cluster that KUBECONFIG leads to.
type application struct {
	appv1.Application
	project   appv1.AppProject
	config    *rest.Config
	cache     cache.ClusterCache
	targets   []*unstructured.Unstructured
	overrides map[string]appv1.ResourceOverride
	compare   diff.DiffConfig
}

// Brings the cluster to what stands in a file, which is Git's, by the policy of an Application, and
// ends with the sync. Argo CD's engine compares, applies, waits and prunes. What its controller does
// around that, and keeps to itself, is done here as there: the loop, RespectIgnoreDifferences, and
// to ask the project for the application and for each object.
func syncAll(manager *settings.SettingsManager, projectFile, applicationFile, objectsFile string) {
	app := &application{overrides: must(manager.GetResourceOverrides())}
	check(json.Unmarshal(asJSON(projectFile), &app.project))
	check(json.Unmarshal(asJSON(applicationFile), &app.Application))
	out := json.NewEncoder(os.Stdout)
	if refusal := app.refused(); refusal != "" {
		check(out.Encode(outcome{Phase: string(common.OperationError), Message: refusal}))
		return
	}
	app.open(manager, objectsFile)
	state := appv1.OperationState{Phase: common.OperationRunning, StartedAt: metav1.Now()}
	reconciliation := app.reconciliation()
	found := outcome{OutOfSync: app.outOfSync(reconciliation)}
	var results []common.ResourceSyncResult
	for {
		state.Phase, state.Message, results = app.pass(reconciliation, state, results)
		if state.Phase.Completed() {
			break
		}
		if time.Since(state.StartedAt.Time) > time.Minute {
			fail(fmt.Errorf("the sync does not end: %s", state.Message))
		}
		time.Sleep(200 * time.Millisecond)
		reconciliation = app.reconciliation()
	}
	found.Phase = string(state.Phase)
	found.Message = state.Message
	for _, result := range results {
		if result.Status == common.ResultCodeSyncFailed {
			found.Message += "; " + result.ResourceKey.Name + ": " + result.Message
		}
	}
	check(out.Encode(found))
}

// Why the project does not let the application be, whatever its objects are; else nothing.
func (app *application) refused() string {
	if source := app.Spec.GetSource(); !app.project.IsSourcePermitted(source) {
		return fmt.Sprintf("repository %s is not permitted in project %s", source.RepoURL, app.project.Name)
	}
	destination := app.Spec.Destination
	there := &appv1.Cluster{Server: destination.Server}
	if !must(app.project.IsDestinationPermitted(there, destination.Namespace, nil)) {
		return fmt.Sprintf("namespace %s of %s is not permitted in project %s",
			destination.Namespace, destination.Server, app.project.Name)
	}
	return ""
}

// Looks at the cluster and at what Git has.
func (app *application) open(manager *settings.SettingsManager, objectsFile string) {
	app.config = must(clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG")))
	app.config.QPS, app.config.Burst = appv1.K8sClientConfigQPS, appv1.K8sClientConfigBurst
	tracking := argo.NewResourceTracking()
	label := must(manager.GetAppInstanceLabelKey())
	method := appv1.TrackingMethod(must(manager.GetTrackingMethod()))
	app.cache = cache.NewClusterCache(app.config,
		cache.SetLogr(logr.Discard()),
		cache.SetPopulateResourceInfoHandler(func(object *unstructured.Unstructured, _ bool) (any, bool) {
			name := tracking.GetAppName(object, label, method, "")
			return name, name != ""
		}))
	check(app.cache.EnsureSynced())
	app.targets = must(kube.SplitYAML(must(os.ReadFile(objectsFile))))
	for _, target := range app.targets {
		if must(app.cache.IsNamespaced(target.GroupVersionKind().GroupKind())) && target.GetNamespace() == "" {
			target.SetNamespace(app.Spec.Destination.Namespace)
		}
		check(tracking.SetAppInstance(target, label, app.Name, app.Spec.Destination.Namespace, method, ""))
	}
	app.compare = must(diff.NewDiffConfigBuilder().
		WithDiffSettings(app.Spec.IgnoreDifferences, app.overrides, false, normalizers.IgnoreNormalizerOpts{}).
		WithTracking(label, string(method)).
		WithNoCache().
		WithGVKParser(app.cache.GetGVKParser()).
		WithManager(argocommon.ArgoCDSSAManager).
		WithStructuredMergeDiff(app.has(common.SyncOptionServerSideApply)).
		Build())
}

func (app *application) has(option string) bool {
	return app.Spec.SyncPolicy.SyncOptions.HasOption(option)
}

func (app *application) reconciliation() sync.ReconciliationResult {
	live := must(app.cache.GetManagedLiveObjs(app.targets, func(resource *cache.Resource) bool {
		return resource.Info == app.Name
	}))
	return sync.Reconcile(app.targets, live, app.Spec.Destination.Namespace, app.cache)
}

func (app *application) outOfSync(reconciliation sync.ReconciliationResult) []string {
	different := []string{}
	diffs := must(diff.StateDiffs(reconciliation.Live, reconciliation.Target, app.compare))
	for i, result := range diffs.Diffs {
		object := reconciliation.Target[i]
		if object == nil {
			object = reconciliation.Live[i]
		}
		if result.Modified || reconciliation.Live[i] == nil || reconciliation.Target[i] == nil {
			different = append(different, object.GetName())
		}
	}
	return different
}

// One look at all: what is due is applied or deleted, and what goes on is asked for its health.
func (app *application) pass(
	reconciliation sync.ReconciliationResult, state appv1.OperationState, before []common.ResourceSyncResult,
) (common.OperationPhase, string, []common.ResourceSyncResult) {
	if app.has("RespectIgnoreDifferences=true") {
		reconciliation.Target = app.withIgnoredAsTheyAre(reconciliation)
	}
	for i := range before {
		before[i].Order = i + 1
	}
	// Argo CD asks for foreground, which only a controller manager ends; an analysis has no dependents to wait for.
	propagation := metav1.DeletePropagationBackground
	kubectl := &kube.KubectlCmd{Log: logr.Discard(), Tracer: tracing.NopTracer{}}
	context, cleanup, err := sync.NewSyncContext(
		"", reconciliation, app.config, app.config, kubectl, app.Spec.Destination.Namespace,
		sync.WithLogr(logr.Discard()),
		sync.WithHealthOverride(lua.ResourceHealthOverrides(app.overrides)),
		sync.WithPermissionValidator(app.permitted),
		sync.WithOperationSettings(false, app.Spec.SyncPolicy.Automated.GetPrune(), false, false),
		sync.WithInitialState(state.Phase, state.Message, before, state.StartedAt),
		sync.WithPrunePropagationPolicy(&propagation),
		sync.WithServerSideApply(app.has(common.SyncOptionServerSideApply)),
		sync.WithServerSideApplyManager(argocommon.ArgoCDSSAManager),
		sync.WithSkipDryRunOnMissingResource(app.has(common.SyncOptionSkipDryRunOnMissingResource)))
	check(err)
	defer cleanup()
	context.Sync()
	return context.GetState()
}

func (app *application) permitted(object *unstructured.Unstructured, kind *metav1.APIResource) error {
	named := object.GetName()
	permitted := app.project.IsGroupKindNamePermitted(object.GroupVersionKind().GroupKind(), object.GetName(), kind.Namespaced)
	if kind.Namespaced {
		named = object.GetNamespace() + "/" + named
		here := &appv1.Cluster{Server: app.Spec.Destination.Server}
		permitted = permitted && must(app.project.IsDestinationPermitted(here, object.GetNamespace(), nil))
	}
	if !permitted {
		return fmt.Errorf("%s %s is not permitted in project %s", object.GetKind(), named, app.project.Name)
	}
	return nil
}

// What is to be applied, with the live values of the fields whose differences are ignored.
func (app *application) withIgnoredAsTheyAre(reconciliation sync.ReconciliationResult) []*unstructured.Unstructured {
	normalized := must(diff.Normalize(reconciliation.Live, reconciliation.Target, app.compare))
	targets := []*unstructured.Unstructured{}
	for i, target := range normalized.Targets {
		if live := reconciliation.Live[i]; target != nil && live != nil {
			ignored := must(jsonpatch.CreateMergePatch(withoutStatus(normalized.Lives[i]), withoutStatus(live)))
			merged := must(jsonpatch.MergePatch(must(target.MarshalJSON()), ignored))
			target = &unstructured.Unstructured{}
			check(target.UnmarshalJSON(merged))
		}
		targets = append(targets, target)
	}
	return targets
}

func withoutStatus(object *unstructured.Unstructured) []byte {
	copied := object.DeepCopy()
	unstructured.RemoveNestedField(copied.Object, "status")
	return must(copied.MarshalJSON())
}
