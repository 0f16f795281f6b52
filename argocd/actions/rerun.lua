local os = require("os")
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["finance.emr-operator.dev/rerun-requested-at"] = os.date("!%Y-%m-%dT%XZ")
return obj
