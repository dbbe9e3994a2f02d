"""The invented city of Amberford: its wards and streets, and the names of the people in it, all made up.

No surname here is meant to be a real one; no street or ward exists; there is no postcode area ZZ.
"""

AUTHORITY_NAME = "Amberford"
AUTHORITY_CODE = "X99000001"
NEIGHBOURS = ("Greater Wexmoor", "Thornwick", "Nether Quillshire")

WARDS = (
    "Candlewick", "Drumble Green", "Foxglove Hill", "Gillyflower", "Hobnail Bridge", "Inkpot Lane", "Juniper Bank",
    "Kettlewell Marsh", "Lanternside", "Merrythought", "Nettlecombe", "Old Toffee Works", "Pepperpot", "Quince Park",
    "Rookery End", "Saddlers Reach", "Tumbledown", "Underbridge", "Velvet Row", "Windfall", "Yarrow Fields",
)  # fmt: skip

STREETS = (
    "Acorn Walk", "Bramblewick Road", "Cobbler's Yard", "Dandelion Drive", "Elderflower Street", "Ferret Lane",
    "Gooseberry Gardens", "Haymaker Avenue", "Idle Court", "Jackdaw Terrace", "Kipper Street", "Ladle Lane",
    "Marrowbone Way", "Nutmeg Grove", "Otter Rise", "Pudding Street", "Quillpen Road", "Rhubarb Close",
    "Sixpenny Square", "Treacle Street", "Umbrella Mews", "Vinegar Yard", "Whistledown Lane", "Yardarm Road",
)  # fmt: skip

SURNAMES = (
    "Thimblewick", "Applegarthen", "Bumblethorpe", "Crumblewood", "Dapplemere", "Eiderdown", "Fiddlestaff",
    "Gobbleworth", "Hazelnutt", "Inglenooke", "Jollifant", "Kettledrum", "Larkspurling", "Mossybanks", "Nettlebed",
    "Oddfellow", "Pennywhistle", "Quibblesworth", "Rumblechurch", "Snapdragoon", "Tanglefoot", "Umberwell",
    "Vellumby", "Wobblestone", "Yewberry", "Zigzagger", "Buttercross", "Clatterbridge", "Doublecandle", "Featherlow",
    "Gingerfold", "Honeythatch", "Marmaladie", "Pebblebrook", "Ravensbootle", "Sundialby", "Tickleback", "Wagglethorn",
    "Muddleworth", "Brindlecombe",
)  # fmt: skip

GIRLS = (
    "Amaryllis", "Bluebell", "Clementina", "Delphine", "Eglantine", "Fennella", "Gardenia", "Hyacintha", "Ianthe",
    "Jessamy", "Kestrel", "Lavenda", "Marigold", "Nigella", "Ottoline", "Primrose", "Quilla", "Rosamunda", "Saffron",
    "Tansy", "Ursulina", "Verbena", "Willowmay", "Xanthe", "Yarrowen", "Zinnia",
)  # fmt: skip

BOYS = (
    "Aspenley", "Barnaby", "Corwin", "Dunstan", "Elderick", "Falconer", "Gideon", "Hawthorn", "Ignatius", "Jasperin",
    "Kitto", "Linden", "Merriman", "Northam", "Oswin", "Peregrine", "Quentin", "Rowanby", "Septimus", "Thaddeus",
    "Ulric", "Valentine", "Wilbur", "Xavian", "Yorick", "Zephyr",
)  # fmt: skip

ORGANISATIONS = (
    "Drumble Green Primary School", "Lanternside Academy", "Amberford Health Visiting", "Pepperpot Nursery",
    "Rookery End Children's Centre", "Amberford Housing", "The Toffee Works Youth Project",
)  # fmt: skip
