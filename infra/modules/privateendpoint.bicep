@description('The name of the private endpoint.')
param name string

@description('The resource id of what is reached through it.')
param targetId string

@description('The part of that resource which is reached: namespace, blob, table, postgresqlServer.')
param groupId string

@description('The private DNS zone that names of this kind are looked up in.')
param zoneName string

@description('The resource id of the virtual network.')
param networkId string

@description('The subnet that the endpoint is in.')
param subnetId string

@description('The Azure region.')
param location string

@description('Tags of every resource.')
param tags object

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      {
        name: groupId
        properties: {
          privateLinkServiceId: targetId
          groupIds: [groupId]
        }
      }
    ]
  }

  resource zones 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: groupId
          properties: { privateDnsZoneId: zone.id }
        }
      ]
    }
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: zoneName
  location: 'global'
  tags: tags

  resource link 'virtualNetworkLinks' = {
    name: 'from-network'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: networkId }
    }
  }
}
