@description('The name of the identity.')
param name string

@description('The Azure region.')
param location string

@description('Tags of every resource.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('The resource id of the identity.')
output id string = identity.id

@description('The name of the identity, which is also its role in PostgreSQL.')
output name string = identity.name

@description('The client id, by which programs name the identity.')
output clientId string = identity.properties.clientId

@description('The object id, by which role assignments name the identity.')
output principalId string = identity.properties.principalId
