// The tables that queries may use, as Application Insights and Log Analytics declare them. The first group is seen from the component, the second from the workspace.
const common = {
  timestamp: "datetime", itemCount: "int", itemType: "string", customDimensions: "dynamic", customMeasurements: "dynamic",
  operation_Id: "string", operation_Name: "string", operation_ParentId: "string", cloud_RoleName: "string", cloud_RoleInstance: "string", appName: "string",
};

export const tables = {
  traces: { ...common, message: "string", severityLevel: "int" },
  exceptions: {
    ...common, problemId: "string", type: "string", assembly: "string", method: "string", severityLevel: "int", details: "dynamic",
    outerType: "string", outerMessage: "string", innermostType: "string", innermostMessage: "string",
  },
  requests: { ...common, id: "string", name: "string", url: "string", success: "string", resultCode: "string", duration: "real" },
  AzureMetrics: {
    TimeGenerated: "datetime", ResourceId: "string", ResourceProvider: "string", MetricName: "string", UnitName: "string",
    Total: "real", Count: "real", Average: "real", Minimum: "real", Maximum: "real",
  },
  AppTraces: { TimeGenerated: "datetime", Message: "string", SeverityLevel: "int", Properties: "dynamic", ItemCount: "int" },
  AppRequests: { TimeGenerated: "datetime", Name: "string", Success: "bool", DurationMs: "real", Properties: "dynamic", ItemCount: "int" },
  AppExceptions: { TimeGenerated: "datetime", ProblemId: "string", ExceptionType: "string", OuterMessage: "string", Properties: "dynamic", ItemCount: "int" },
};
