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

@description('Where telemetry goes. Holds no secret: local authentication is off.')
param applicationInsightsConnectionString string

@description('The host name of the Service Bus namespace.')
param serviceBusHostName string

@description('The queue that restart requests come from.')
param queueName string

@description('True if the queue requires sessions.')
param sessions bool

@description('Memory of one instance in MB.')
param instanceMemoryMB int

@description('The most instances that the plan scales out to.')
param maximumInstanceCount int

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
      }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
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
      // Whom targets in Azure, and webhooks that take a token, see.
      AZURE_CLIENT_ID: identityClientId
      // Until hosts are opted in by an inventory, and this is 'false', requests are recorded and nothing is restarted.
      Mayhem__DryRun: 'true'
      Mayhem__Locks__Duration: '00:01:00'
    }
  }
}

output name string = app.name
