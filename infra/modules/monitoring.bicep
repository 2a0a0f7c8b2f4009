@description('The name of the Log Analytics workspace.')
param workspaceName string

@description('The name of the Application Insights component.')
param componentName string

@description('The Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('The identity that publishes telemetry.')
param principalId string

@description('How long telemetry is kept, in days.')
param retentionDays int

@description('The most telemetry taken in a day, in GB; -1 for no limit.')
param dailyCapGB int

@description('True to guard the workspace against deletion.')
param deleteLock bool

var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: dailyCapGB }
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: componentName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

resource publisher 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(component.id, principalId, monitoringMetricsPublisher)
  scope: component
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (deleteLock) {
  name: 'holds-the-audit'
  scope: workspace
  properties: {
    level: 'CanNotDelete'
    notes: 'The record of what was restarted, and why, is kept here.'
  }
}

@description('The resource id of the workspace.')
output workspaceId string = workspace.id

@description('The resource id of the component.')
output componentId string = component.id

@description('The name of the component.')
output componentName string = component.name

@description('Where telemetry is sent. Holds no secret: local authentication is off.')
output connectionString string = component.properties.ConnectionString
