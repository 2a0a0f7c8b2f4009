@description('The name of the function app.')
param name string

@description('The name of the plan.')
param planName string

@description('The Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('The resource id of the identity that the app works as.')
param identityId string

@description('The client id of that identity.')
param identityClientId string

@description('The storage account of the Functions host.')
param storageAccountName string

@description('The blob container that deployments are put in.')
param deploymentContainerUrl string

@description('The subnet that the app sends from; empty for none.')
param subnetId string

@description('Where telemetry goes. Holds no secret: local authentication is off.')
param applicationInsightsConnectionString string

@description('The host name of the Service Bus namespace.')
param serviceBusHostName string

@description('The queue that restart requests come from.')
param queueName string

@description('The host name of the PostgreSQL server that holds the ledger.')
param ledgerHostName string

@description('The database of the ledger.')
param ledgerDatabaseName string

@description('The name of the identity as a role of the PostgreSQL server.')
param ledgerRoleName string

@description('Connections of one instance to the ledger.')
param ledgerPoolSize int

@description('True to record what would be restarted, and to restart nothing.')
param dryRun bool

@description('The inventory file that is deployed with the app; empty for none.')
param inventoryFile string

@description('How long a host is left alone by other requests after a restart.')
param guardCoolDown string

@description('How many restarts a group of hosts may have within guardBudgetSpan; 0 for any number.')
param guardBudget int

@description('The sliding span of the budget.')
param guardBudgetSpan string

@description('How many hosts of a group may be restarted at the same time; 0 for any number.')
param guardConcurrency int

@description('After how many restarts of a host within a day the next request for it is dead-lettered; 0 for never.')
param guardIneffectiveAfter int

@description('How old a request may be when its restart begins.')
param guardMaxAge string

@description('When restarts may begin; empty for always.')
param guardWindow string

@description('The time zone of the window.')
param guardTimeZone string

@description('True to restart hosts at random.')
param scheduleRestarts bool

@description('More app settings, by name.')
param moreSettings object

@description('True if the queue requires sessions.')
param sessions bool

@description('Memory of one instance in MB.')
param instanceMemoryMB int

@description('The most instances that the plan scales out to.')
param maximumInstanceCount int

@description('Instances that run also when there is nothing to do.')
param alwaysReadyInstances int

@description('True to spread instances over availability zones.')
param zoneRedundant bool

@description('The resource id of the workspace that metrics and logs go to.')
param workspaceId string

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'mayhem' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances == 0 ? [] : [
          {
            name: sessions ? 'function:RestartHostInSession' : 'function:RestartHost'
            instanceCount: alwaysReadyInstances
          }
        ]
      }
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(moreSettings, {
      AzureWebJobsStorage__accountName: storageAccountName
      AzureWebJobsStorage__clientId: identityClientId
      AzureWebJobsStorage__credential: 'managedidentity'
      APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      MayhemQueue: queueName
      ServiceBusConnection__fullyQualifiedNamespace: serviceBusHostName
      ServiceBusConnection__clientId: identityClientId
      ServiceBusConnection__credential: 'managedidentity'
      Mayhem__Queue__Sessions: sessions ? 'true' : 'false'
      // A trigger is for a queue with sessions or for one without, so there are two functions, and one of them is switched off.
      'AzureWebJobs.RestartHost.Disabled': sessions ? 'true' : 'false'
      'AzureWebJobs.RestartHostInSession.Disabled': sessions ? 'false' : 'true'
      // Restarts at random: a timer that finds nothing to do would wake the app every minute.
      'AzureWebJobs.ScheduleRestarts.Disabled': scheduleRestarts ? 'false' : 'true'
      Mayhem__Scheduler__Enabled: scheduleRestarts ? 'true' : 'false'
      // Whom targets in Azure, and webhooks that take a token, see.
      AZURE_CLIENT_ID: identityClientId
      // Until hosts are opted in by an inventory, and this is 'false', requests are recorded and nothing is restarted.
      Mayhem__DryRun: dryRun ? 'true' : 'false'
      Mayhem__InventoryFile: inventoryFile
      Mayhem__Guards__CoolDown: guardCoolDown
      Mayhem__Guards__Budget: string(guardBudget)
      Mayhem__Guards__BudgetSpan: guardBudgetSpan
      Mayhem__Guards__Concurrency: string(guardConcurrency)
      Mayhem__Guards__IneffectiveAfter: string(guardIneffectiveAfter)
      Mayhem__Guards__MaxAge: guardMaxAge
      Mayhem__Guards__Window: guardWindow
      Mayhem__Guards__TimeZone: guardTimeZone
      Mayhem__Locks__Duration: '00:01:00'
      Mayhem__Ledger__Postgres__ConnectionString: 'Host=${ledgerHostName};Database=${ledgerDatabaseName};Username=${ledgerRoleName};SSL Mode=VerifyFull'
      Mayhem__Ledger__Postgres__ClientId: identityClientId
      Mayhem__Ledger__Postgres__PoolSize: string(ledgerPoolSize)
    })
  }

  // Nobody deploys with a password.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: app
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        // What the host says when the worker does not start, and Application Insights hears nothing.
        category: 'FunctionAppLogs'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

@description('The name of the function app.')
output name string = app.name
